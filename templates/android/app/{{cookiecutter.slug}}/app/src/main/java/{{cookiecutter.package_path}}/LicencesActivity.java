// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.app.Activity;
import android.os.Bundle;
import android.widget.TextView;
import android.widget.Toolbar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Whose work is in this app: the project's NOTICE.md, which the build puts among the assets. */
public final class LicencesActivity extends Activity {
    private static final String NOTICE = "NOTICE.md";

    @Override
    protected void onCreate(Bundle savedInstanceState) {
        super.onCreate(savedInstanceState);
        setContentView(R.layout.activity_licences);
        EdgeToEdge.apply(getWindow(), findViewById(R.id.root));
        Toolbar toolbar = findViewById(R.id.toolbar);
        toolbar.setTitle(R.string.licences);
        toolbar.setNavigationOnClickListener(view -> finish());
        new Thread(this::read, "licences").start();
    }

    private void read() {
        CharSequence text = noticeOrProblem();
        runOnUiThread(
                () -> {
                    TextView notice = findViewById(R.id.notice);
                    notice.setText(text);
                });
    }

    private CharSequence noticeOrProblem() {
        try (InputStream asset = getAssets().open(NOTICE)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            for (int count = asset.read(part); count >= 0; count = asset.read(part)) {
                bytes.write(part, 0, count);
            }
            return NoticeText.of(new String(bytes.toByteArray(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return getString(R.string.licences_missing, e.getMessage());
        }
    }
}
