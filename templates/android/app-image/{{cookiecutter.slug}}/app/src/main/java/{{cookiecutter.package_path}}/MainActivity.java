// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.Manifest;
import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.ClipData;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.graphics.Bitmap;
import android.net.Uri;
import android.os.Build;
import android.os.Bundle;
import android.provider.MediaStore;
import android.provider.Settings;
import android.text.TextUtils;
import android.view.MenuItem;
import android.view.View;
import android.widget.Button;
import android.widget.ImageView;
import android.widget.ProgressBar;
import android.widget.TextView;
import android.widget.Toolbar;
import {{ cookiecutter.model_package }}.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A photo and what the model says of it. The photo is chosen, taken with the camera app, or shared
 * by another app; the live camera has a screen of its own, {@link LiveActivity}.
 *
 * <p>This class only wires: {@link PhotoSession} does the work and is what to change.
 */
public final class MainActivity extends Activity implements PhotoSession.Listener {
    private static final int PICK = 1;
    private static final int TAKE = 2;
    private static final int LIVE = 3;

    private static final String STATE_PHOTO = "photo";
    private static final String STATE_MESSAGE = "message";
    private static final String STATE_ASK_SETTINGS = "askSettings";

    private PhotoSession session;
    private ResultsView results;

    /**
     * What this screen itself has to say, such as that the camera was denied; it stands before the
     * session's.
     */
    private @Nullable String message;

    /** Whether the message is one that the settings can put right. */
    private boolean askSettings;

    @Override
    protected void onCreate(@Nullable Bundle savedInstanceState) {
        super.onCreate(savedInstanceState);
        setContentView(R.layout.activity_main);
        EdgeToEdge.apply(getWindow(), findViewById(R.id.root));
        Toolbar toolbar = findViewById(R.id.toolbar);
        toolbar.inflateMenu(R.menu.main);
        toolbar.setOnMenuItemClickListener(this::onMenuItem);
        results = findViewById(R.id.results);
        findViewById(R.id.pick_photo).setOnClickListener(view -> pickPhoto());
        findViewById(R.id.take_photo).setOnClickListener(view -> withCamera(TAKE));
        findViewById(R.id.live_camera).setOnClickListener(view -> withCamera(LIVE));
        findViewById(R.id.error_action).setOnClickListener(view -> openSettings());

        Object retained = getLastNonConfigurationInstance();
        if (retained != null) {
            session = (PhotoSession) retained;
        } else {
            session = new PhotoSession(DemoApplication.of(this));
        }
        if (savedInstanceState != null) {
            message = savedInstanceState.getString(STATE_MESSAGE);
            askSettings = savedInstanceState.getBoolean(STATE_ASK_SETTINGS);
        }
        if (retained == null) {
            begin(savedInstanceState);
        }
    }

    /** What was on screen before the process was ended, else what another app shares. */
    private void begin(@Nullable Bundle savedInstanceState) {
        if (savedInstanceState != null) {
            String photo = savedInstanceState.getString(STATE_PHOTO);
            if (photo != null) {
                session.open(Uri.parse(photo));
            }
        } else if (Intent.ACTION_SEND.equals(getIntent().getAction())) {
            Uri shared = sharedPhoto(getIntent());
            if (shared != null) {
                session.open(shared);
            } else {
                message = getString(R.string.error_nothing_shared);
            }
        }
    }

    // The typed getParcelableExtra is new in API 33, and was wrong there until 34.
    @SuppressWarnings("deprecation")
    private static @Nullable Uri sharedPhoto(Intent intent) {
        Object stream = intent.getParcelableExtra(Intent.EXTRA_STREAM);
        return stream instanceof Uri ? (Uri) stream : null;
    }

    @Override
    protected void onStart() {
        super.onStart();
        session.setListener(this);
        onChanged();
    }

    @Override
    protected void onStop() {
        session.setListener(null);
        super.onStop();
    }

    @Override
    public Object onRetainNonConfigurationInstance() {
        return session;
    }

    @Override
    protected void onSaveInstanceState(Bundle state) {
        super.onSaveInstanceState(state);
        Uri photo = session.uri();
        state.putString(STATE_PHOTO, photo == null ? null : photo.toString());
        state.putString(STATE_MESSAGE, message);
        state.putBoolean(STATE_ASK_SETTINGS, askSettings);
    }

    /** Shows what the session has. */
    @Override
    public void onChanged() {
        ImageView photo = findViewById(R.id.photo);
        Bitmap shown = session.shown();
        photo.setImageBitmap(shown);
        // TalkBack passes over the frame while it is empty.
        photo.setImportantForAccessibility(
                shown == null
                        ? View.IMPORTANT_FOR_ACCESSIBILITY_NO
                        : View.IMPORTANT_FOR_ACCESSIBILITY_YES);
        ProgressBar progress = findViewById(R.id.progress);
        progress.setVisibility(session.isWorking() ? View.VISIBLE : View.INVISIBLE);
        List<Label> labels = session.labels();
        results.show(labels);
        say(R.id.status, status(labels));
        say(R.id.latency, latency(session.times()));
        findViewById(R.id.latency).setTag(session.times());
        say(R.id.error, error());
        Button settings = findViewById(R.id.error_action);
        settings.setText(R.string.open_settings);
        settings.setVisibility(message != null && askSettings ? View.VISIBLE : View.GONE);
    }

    private String status(List<Label> labels) {
        if (session.isWorking()) {
            return getString(R.string.status_working);
        }
        if (!labels.isEmpty()) {
            return results.words(labels.get(0));
        }
        return session.problem() != null ? "" : getString(R.string.status_start);
    }

    private String latency(@Nullable StageTimes times) {
        if (times == null) {
            return "";
        }
        return getString(
                R.string.latency, times.decode, times.preprocess, times.forward, times.postprocess);
    }

    private String error() {
        if (message != null) {
            return message;
        }
        Throwable problem = session.problem();
        return problem == null ? "" : ErrorText.of(getResources(), problem);
    }

    /**
     * Only what is new is set: a live region is read aloud each time. An empty text takes no room.
     */
    private void say(int view, String words) {
        TextView text = findViewById(view);
        if (!TextUtils.equals(text.getText(), words)) {
            text.setText(words);
        }
        text.setVisibility(words.isEmpty() ? View.GONE : View.VISIBLE);
    }

    private void open(Uri photo) {
        message = null;
        session.open(photo);
    }

    private void complain(int words, boolean settingsHelp) {
        message = getString(words);
        askSettings = settingsHelp;
        onChanged();
    }

    private void pickPhoto() {
        try {
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
                startActivityForResult(
                        new Intent(MediaStore.ACTION_PICK_IMAGES).setType("image/*"), PICK);
            } else {
                Intent choose =
                        new Intent(Intent.ACTION_GET_CONTENT).addCategory(Intent.CATEGORY_OPENABLE);
                startActivityForResult(choose.setType("image/*"), PICK);
            }
        } catch (ActivityNotFoundException e) {
            complain(R.string.error_no_picker, false);
        }
    }

    /** Does {@code what}, TAKE or LIVE, once the person allows the camera. */
    private void withCamera(int what) {
        if (checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED) {
            useCamera(what);
        } else {
            // The camera app needs it, too: an app that declares the permission must hold it to ask
            // for a photo.
            requestPermissions(new String[] {Manifest.permission.CAMERA}, what);
        }
    }

    @Override
    public void onRequestPermissionsResult(int what, String[] permissions, int[] grants) {
        if (grants.length == 0) {
            return; // The question was interrupted, not answered.
        }
        if (grants[0] == PackageManager.PERMISSION_GRANTED) {
            useCamera(what);
        } else if (shouldShowRequestPermissionRationale(Manifest.permission.CAMERA)) {
            complain(R.string.error_camera_denied, false);
        } else {
            complain(R.string.error_camera_denied_for_good, true);
        }
    }

    private void useCamera(int what) {
        message = null;
        onChanged();
        if (what == LIVE) {
            startActivity(new Intent(this, LiveActivity.class));
            return;
        }
        Uri target = CaptureProvider.next(this);
        Intent take =
                new Intent(MediaStore.ACTION_IMAGE_CAPTURE)
                        .putExtra(MediaStore.EXTRA_OUTPUT, target);
        take.setClipData(ClipData.newRawUri(null, target));
        take.addFlags(
                Intent.FLAG_GRANT_READ_URI_PERMISSION | Intent.FLAG_GRANT_WRITE_URI_PERMISSION);
        try {
            startActivityForResult(take, TAKE);
        } catch (ActivityNotFoundException e) {
            complain(R.string.error_no_camera_app, false);
        }
    }

    @Override
    protected void onActivityResult(int what, int result, @Nullable Intent data) {
        if (result != RESULT_OK) {
            return; // The person changed their mind.
        }
        if (what == TAKE) {
            open(CaptureProvider.uri(this));
        } else if (what == PICK && data != null && data.getData() != null) {
            open(data.getData());
        }
    }

    private void openSettings() {
        Uri app = Uri.fromParts("package", getPackageName(), null);
        startActivity(new Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, app));
    }

    private boolean onMenuItem(MenuItem item) {
        if (item.getItemId() != R.id.licences) {
            return false;
        }
        startActivity(new Intent(this, LicencesActivity.class));
        return true;
    }
}
