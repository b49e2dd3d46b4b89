// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/**
 * In which order the tensor's channels come. A gray picture has one channel and either will do.
 */
public enum ChannelOrder {
    RGB,
    BGR
}
