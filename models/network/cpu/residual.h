// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/winograd.h"

#include <string>

namespace nunatak::models::cpu {

/// Slope of the leaky ReLUs after convolutions.
inline constexpr float usualSlope = 0.2f;

/// Every input at its own place.
int samePlace(int input);
/// Two maps of `first` and any number of channels, one after the other, each padded.
Place joinedPlace(int first);

/// Two convolutions with leaky ReLUs, and a projection of the input added: a step of the ResU-Net.
class Residual {
public:
    Residual() = default;
    Residual(const Kernels& kernels, const Weights& weights, const std::string& name, int channels,
             const Place& place);

    /// `between` holds what is between the two convolutions.
    void run(const Workspace& work, const Map& in, const Map& between, const Map& out) const;
    /// The same without the projection.
    void runPair(const Workspace& work, const Map& in, const Map& between, const Map& out,
                 const Map& add = {}) const;

private:
    WinogradConvolution m_first;
    WinogradConvolution m_second;
    PointConvolution m_projection;
};

/// Half as many rows and columns, of 2 × 2 pixels the largest.
void maxPool(const Workspace& work, const Map& in, const Map& out);
/// Of which two rows of a map with `rows` rows a row of the enlarged one is made, and the lower one's share.
struct EnlargedRow {
    int above;
    int below;
    float share;
};
EnlargedRow enlargedRow(int row, int rows);
/// Twice as many, bilinear with half-pixel centres; added to `out` where `accumulate`.
void enlarge(const Workspace& work, const Map& in, const Map& out, bool accumulate);

} // namespace nunatak::models::cpu
