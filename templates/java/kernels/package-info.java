// SPDX-License-Identifier: MIT-0
/**
 * From pixels to a model's input tensor, bit for bit as Pillow and torchvision: plain Java 11
 * without {@code android.*} and without a dependency. {@link edgegen.kernels.Picture} shows how it
 * reads; {@link edgegen.kernels.Workspace} owns every buffer, so that a camera's frames make no
 * garbage.
 */
package edgegen.kernels;
