// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace nunatak::models {

/// One input of a network: a group of bands with a stem of its own.
struct FeatureSpec {
    std::string name; ///< optical, dem, co_pol_sar, cross_pol_sar, in_sar or thermal
    std::vector<std::string>
        bands; ///< in order, such as blue, green, red, nir, swir1, swir2; elevation, slope
    bool operator==(const FeatureSpec&) const = default;
};

/// The sizes of a GlaViTU (Maslov et al. 2025, arXiv 2401.15113), or of the ResU-Net alone, the baseline of
/// its first paper (Maslov et al. 2023, IGARSS): the same fusion, ResU-Net and output without transformer and
/// deep supervision. The published GlaViTU: tile 384, filters 64, embedding 64, blocks 12, heads 4, mlp 256.
struct NetworkSpec {
    std::string architecture =
        "glavitu";      ///< or resunet (embedding, blocks, heads and mlp mean nothing there)
    int tile = 64;      ///< pixels per side; a multiple of 16
    int filters = 16;   ///< channels at full resolution; doubles at each of three levels below
    int embedding = 16; ///< width of a token
    int blocks = 2;     ///< transformer blocks
    int heads = 4;
    int mlp = 32; ///< hidden width in a transformer block
    std::vector<FeatureSpec> features;
    bool deepSupervision = true; ///< the head after the transformer, used in training alone; never in resunet
    int location = 0;            ///< length of the location vector: 0 (none), 12 (regions) or 4 (coordinates)
    bool operator==(const NetworkSpec&) const = default;

    /// Throws Error naming the first size that cannot be (bounded, so that a hostile manifest allocates
    /// nothing).
    void validate() const;
};

} // namespace nunatak::models
