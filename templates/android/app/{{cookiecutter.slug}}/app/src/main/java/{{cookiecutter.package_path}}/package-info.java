// SPDX-License-Identifier: MIT-0
/**
 * The demo app. {@link {{ cookiecutter.package }}.MainActivity} is where to begin.
 *
 * <p>Nothing is null unless it says {@code @Nullable}.
 */
@NullMarked
package {{ cookiecutter.package }};

import org.jspecify.annotations.NullMarked;
