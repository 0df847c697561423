// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/workspace.h"

// The ways back of the network's convolutions. Maps lie pixel by pixel, `images` of them one after the other;
// kernels and their gradients as they are learnt: (outputs, inputs, height, width). Every sum has a fixed
// order: the number of threads changes no bit of the result.
namespace nunatak::models::cpu {

/// Memory that lasts from one layer to the next: fresh memory costs the system as much as working on it.
struct GradientMemory {
    Floats inputs;
    Floats gradients;
    Floats sums;
};

/// Gradient of a 3 × 3 kernel, by Winograd's F(4 × 4, 3 × 3) as the convolution itself: the points' products
/// of inputs and gradients are summed over all tiles before they become taps. Channels are multiples of 16.
void kernelGradient3(const Workspace& work, GradientMemory& memory, const Map& in, const Map& gradient,
                     int images, float* kernelGradient);

/// The same with few input channels, which are not padded, as a plain sum.
void firstKernelGradient3(const Workspace& work, const Map& in, const Map& gradient, int images,
                          float* kernelGradient);

/// Nearest × 2 and a convolution of 2 × 2 (see UpConvolution): the gradient of the small map, a sum of nine
/// products per small pixel, …
void upInputGradient(const Workspace& work, const Map& gradient, const float* kernel, int images,
                     const Map& small);
/// … and of the kernel.
void upKernelGradient(const Workspace& work, const Map& small, const Map& gradient, int images,
                      float* kernelGradient);

} // namespace nunatak::models::cpu
