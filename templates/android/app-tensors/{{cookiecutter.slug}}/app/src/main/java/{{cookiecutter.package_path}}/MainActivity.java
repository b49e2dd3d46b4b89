// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.text.TextUtils;
import android.view.LayoutInflater;
import android.view.MenuItem;
import android.view.View;
import android.view.ViewGroup;
import android.widget.Button;
import android.widget.ProgressBar;
import android.widget.TextView;
import android.widget.Toolbar;
import {{ cookiecutter.model_package }}.Model;
import {{ cookiecutter.model_package }}.TensorInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file for each input, a button, and what the model gives.
 *
 * <p>This class only wires: {@link RunSession} does the work and is what to change. Each row of
 * {@code inputs} has its {@link TensorInfo} as its tag, each of {@code outputs} its tensor.
 */
public final class MainActivity extends Activity implements RunSession.Listener {
    /** Where a file goes that another app shares. */
    private static final int SHARED_INPUT = {{ cookiecutter.shared_input }};

    /** The state keeps each input's file under this and its index. */
    private static final String STATE_FILE = "file";

    private static final String STATE_MESSAGE = "message";

    private RunSession session;
    private ViewGroup inputs;
    private ViewGroup outputs;

    /** What this screen itself has to say, such as that a file is missing; before the session's. */
    private @Nullable String message;

    @Override
    protected void onCreate(@Nullable Bundle savedInstanceState) {
        super.onCreate(savedInstanceState);
        setContentView(R.layout.activity_main);
        EdgeToEdge.apply(getWindow(), findViewById(R.id.root));
        Toolbar toolbar = findViewById(R.id.toolbar);
        toolbar.inflateMenu(R.menu.main);
        toolbar.setOnMenuItemClickListener(this::onMenuItem);
        inputs = findViewById(R.id.inputs);
        outputs = findViewById(R.id.outputs);
        findViewById(R.id.run).setOnClickListener(view -> run());
        addInputRows();

        Object retained = getLastNonConfigurationInstance();
        if (retained != null) {
            session = (RunSession) retained;
        } else {
            session = new RunSession(DemoApplication.of(this));
            begin(savedInstanceState);
        }
        if (savedInstanceState != null) {
            message = savedInstanceState.getString(STATE_MESSAGE);
        }
    }

    /** What was chosen before the process was ended, else what another app shares. */
    private void begin(@Nullable Bundle savedInstanceState) {
        if (savedInstanceState != null) {
            for (int input = 0; input < Model.inputs().size(); input++) {
                String file = savedInstanceState.getString(STATE_FILE + input);
                if (file != null) {
                    session.choose(input, Uri.parse(file));
                }
            }
        } else if (Intent.ACTION_SEND.equals(getIntent().getAction())) {
            takeShared(getIntent());
        }
    }

    // The typed getParcelableExtra is new in API 33, and was wrong there until 34.
    @SuppressWarnings("deprecation")
    private void takeShared(Intent intent) {
        Object stream = intent.getParcelableExtra(Intent.EXTRA_STREAM);
        if (!(stream instanceof Uri)) {
            message = getString(R.string.error_nothing_shared);
            return;
        }
        session.choose(SHARED_INPUT, (Uri) stream);
        if (session.missing() == null) {
            session.run();
        }
    }

    private void addInputRows() {
        List<TensorInfo> infos = Model.inputs();
        for (int input = 0; input < infos.size(); input++) {
            TensorInfo info = infos.get(input);
            View row = LayoutInflater.from(this).inflate(R.layout.row_input, inputs, false);
            row.setTag(info);
            TextView name = row.findViewById(R.id.name);
            name.setText(getString(R.string.named_tensor, info.name(), info));
            Button choose = row.findViewById(R.id.choose);
            choose.setContentDescription(getString(R.string.choose_for, info.name()));
            int index = input;
            choose.setOnClickListener(view -> choose(index));
            inputs.addView(row);
        }
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
        for (int input = 0; input < Model.inputs().size(); input++) {
            Uri file = session.chosen(input);
            state.putString(STATE_FILE + input, file == null ? null : file.toString());
        }
        state.putString(STATE_MESSAGE, message);
    }

    /** Shows what the session has. */
    @Override
    public void onChanged() {
        for (int input = 0; input < inputs.getChildCount(); input++) {
            TextView file = inputs.getChildAt(input).findViewById(R.id.file);
            boolean chosen = session.chosen(input) != null;
            file.setText(chosen ? session.name(input) : getString(R.string.nothing_chosen));
        }
        ProgressBar progress = findViewById(R.id.progress);
        progress.setVisibility(session.isWorking() ? View.VISIBLE : View.INVISIBLE);
        findViewById(R.id.run).setEnabled(!session.isWorking());
        showOutputs();
        say(R.id.status, status());
        StageTimes times = session.times();
        findViewById(R.id.latency).setTag(times);
        say(
                R.id.latency,
                times == null ? "" : getString(R.string.latency, times.read, times.forward));
        say(R.id.error, error());
    }

    private void showOutputs() {
        outputs.removeAllViews();
        for (OutputText output : session.outputs()) {
            View row = LayoutInflater.from(this).inflate(R.layout.row_output, outputs, false);
            row.setTag(output.tensor());
            TextView name = row.findViewById(R.id.name);
            name.setText(getString(R.string.named_tensor, output.tensor().name(), output.tensor()));
            TextView values = row.findViewById(R.id.values);
            values.setText(output.words(getResources()));
            outputs.addView(row);
        }
    }

    private String status() {
        if (session.isWorking()) {
            return getString(R.string.status_working);
        }
        if (session.times() != null) {
            return getString(R.string.status_done);
        }
        return session.problem() != null ? "" : getString(R.string.status_start);
    }

    private String error() {
        if (message != null) {
            return message;
        }
        Throwable problem = session.problem();
        return problem == null ? "" : ErrorText.of(getResources(), problem);
    }

    /** Only what is new is set: a live region is read aloud each time. */
    private void say(int view, String words) {
        TextView text = findViewById(view);
        if (!TextUtils.equals(text.getText(), words)) {
            text.setText(words);
        }
        text.setVisibility(words.isEmpty() ? View.GONE : View.VISIBLE);
    }

    private void complain(String words) {
        message = words;
        onChanged();
    }

    private void choose(int input) {
        Intent choose = new Intent(Intent.ACTION_GET_CONTENT).addCategory(Intent.CATEGORY_OPENABLE);
        choose.setType(InputFiles.type(Model.inputs().get(input)));
        try {
            startActivityForResult(choose, input);
        } catch (ActivityNotFoundException e) {
            complain(getString(R.string.error_no_picker));
        }
    }

    @Override
    protected void onActivityResult(int input, int result, @Nullable Intent data) {
        if (result == RESULT_OK && data != null && data.getData() != null) {
            message = null;
            session.choose(input, data.getData());
        }
    }

    private void run() {
        TensorInfo missing = session.missing();
        if (missing != null) {
            complain(getString(R.string.error_not_chosen, missing.name()));
            return;
        }
        message = null;
        session.run();
    }

    private boolean onMenuItem(MenuItem item) {
        if (item.getItemId() != R.id.licences) {
            return false;
        }
        startActivity(new Intent(this, LicencesActivity.class));
        return true;
    }
}
