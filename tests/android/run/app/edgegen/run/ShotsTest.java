package edgegen.run;

import static org.junit.Assert.assertTrue;

import java.io.File;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/** The pictures of docs/pictures: a phone and a tablet, by day and by night. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, shadows = RealClock.class)
public final class ShotsTest {
    @Before
    public void register() {
        PhotoProvider.register();
    }

    @Test
    @Config(qualifiers = "w411dp-h731dp-port-xhdpi")
    public void phone() throws Exception {
        shoot("phone-light");
    }

    @Test
    @Config(qualifiers = "w411dp-h731dp-port-night-xhdpi")
    public void phoneByNight() throws Exception {
        shoot("phone-dark");
    }

    @Test
    @Config(qualifiers = "sw800dp-w1280dp-h800dp-land-mdpi")
    public void tablet() throws Exception {
        shoot("tablet-light");
    }

    @Test
    @Config(qualifiers = "sw800dp-w1280dp-h800dp-land-night-mdpi")
    public void tabletByNight() throws Exception {
        shoot("tablet-dark");
    }

    private static void shoot(String name) throws Exception {
        File file = new File(System.getProperty("edgegen.run.shots"), name + ".png");
        try (Screen screen = Screen.share(Expected.coffee().photo)) {
            screen.awaitAnswer();
            screen.screenshot(file);
        }
        assertTrue(file.length() > 10_000);
    }
}
