// SPDX-License-Identifier: MIT-0
/**
 * {{ cookiecutter.name_javadoc }}: the model, and all that has to be around it as it was in Python.
 *
 * <p>Begin with {@link {{ cookiecutter.model_package }}.{{ cookiecutter.package_entry }}}.
 */
@NullMarked
package {{ cookiecutter.model_package }};

import org.jspecify.annotations.NullMarked;
