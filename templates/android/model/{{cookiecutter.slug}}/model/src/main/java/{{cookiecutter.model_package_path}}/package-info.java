// SPDX-License-Identifier: MIT-0
/**
 * {{ cookiecutter.name_javadoc }}.
 *
 * <p>The model, and all that has to be around it as it was in Python. Begin with {@link
 * {{ cookiecutter.model_package }}.{{ cookiecutter.package_entry }}}.
 */
@NullMarked
package {{ cookiecutter.model_package }};

import org.jspecify.annotations.NullMarked;
