package edgegen.run;

import android.os.SystemClock;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowPausedSystemClock;

/** The clock that apps measure with runs, where Robolectric's own stands still unless it is told to go on. */
@Implements(value = SystemClock.class, isInAndroidSdk = false)
public final class RealClock extends ShadowPausedSystemClock {
    @Implementation
    protected static long elapsedRealtimeNanos() {
        return System.nanoTime();
    }
}
