package edgegen.run;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.example.hello.model.Classifier;
import com.example.hello.model.ModelException;
import com.example.hello.model.ModelException.Reason;
import java.util.List;
import org.junit.Test;
import org.junit.experimental.runners.Enclosed;
import org.junit.runner.RunWith;
import org.robolectric.annotation.Config;

/** An app whose model is missing, cut short, or another one says so and does not crash. */
@RunWith(Enclosed.class)
public final class BrokenModelTest {
    private BrokenModelTest() {}

    static void check(Reason reason) throws Exception {
        PhotoProvider.register();
        ModelException thrown =
                assertThrows(ModelException.class, () -> Background.get(() -> Classifier.load(Screen.app())));
        assertEquals(reason, thrown.reason());
        try (Screen screen = Screen.share(Expected.coffee().photo)) {
            screen.awaitAnswer();
            assertEquals(List.of(), screen.rows());
            assertTrue(screen.text("error"), screen.text("error").contains("model"));
        }
    }

    /** The asset is not there. */
    @RunWith(OtherApk.class)
    @OtherApk.Named("missing.apk")
    @Config(sdk = 34)
    public static final class Missing {
        @Test
        public void aMissingModelIsAnError() throws Exception {
            check(Reason.MISSING);
        }
    }

    /** Its second half is not there. */
    @RunWith(OtherApk.class)
    @OtherApk.Named("truncated.apk")
    @Config(sdk = 34)
    public static final class Truncated {
        @Test
        public void aTruncatedModelIsAnError() throws Exception {
            check(Reason.TRUNCATED);
        }
    }

    /** It has the right size and other bytes. */
    @RunWith(OtherApk.class)
    @OtherApk.Named("foreign.apk")
    @Config(sdk = 34)
    public static final class Foreign {
        @Test
        public void aForeignModelIsAnError() throws Exception {
            check(Reason.FOREIGN);
        }
    }
}
