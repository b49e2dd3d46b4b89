package edgegen.run;

import java.io.File;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Properties;
import org.junit.runners.model.InitializationError;
import org.robolectric.RobolectricTestRunner;

/** Runs a class's tests with another file in the place of the app's resources and assets. */
public final class OtherApk extends RobolectricTestRunner {
    /** The file's name in the folder {@code edgegen.run.apks}. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Named {
        String value();
    }

    private final String apk;

    public OtherApk(Class<?> tests) throws InitializationError {
        super(tests);
        apk = tests.getAnnotation(Named.class).value();
    }

    @Override
    protected Properties getBuildSystemApiProperties() {
        Properties properties = new Properties();
        properties.putAll(super.getBuildSystemApiProperties());
        File file = new File(System.getProperty("edgegen.run.apks"), apk);
        properties.setProperty("android_resource_apk", file.getPath());
        return properties;
    }
}
