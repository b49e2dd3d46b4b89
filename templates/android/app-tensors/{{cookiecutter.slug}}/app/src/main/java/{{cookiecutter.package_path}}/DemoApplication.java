// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.app.Application;
import android.content.Context;
import {{ cookiecutter.model_package }}.Model;

/** What outlives a screen: the model. */
public final class DemoApplication extends Application {
    private final ModelHolder<Model> model =
            new ModelHolder<>(() -> Model.load(this), Model::close);

    /** The application that {@code context} belongs to. */
    static DemoApplication of(Context context) {
        return (DemoApplication) context.getApplicationContext();
    }

    ModelHolder<Model> model() {
        return model;
    }

    @Override
    public void onTrimMemory(int level) {
        super.onTrimMemory(level);
        if (level >= TRIM_MEMORY_UI_HIDDEN) {
            model.release();
        }
    }
}
