// SPDX-License-Identifier: MIT-0
/**
 * The Gradle plugin {@code edgegen}: a module whose model follows its sources.
 *
 * <p>{@link edgegen.gradle.EdgegenPlugin} is where to begin.
 */
package edgegen.gradle;
