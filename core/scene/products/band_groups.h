// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/band_files.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::scene::products {

/// The bands of one acquisition, each once: the finest of several sizes.
struct BandGroup {
    BandFileName first;
    std::string folder;
    std::map<std::string, BandFile> files; ///< by the band's name

    void add(const BandFile& file) {
        const auto [place, isNew] = files.emplace(file.name.band, file);
        if (!isNew && file.name.metres > 0 && file.name.metres < place->second.name.metres) {
            place->second = file;
        }
    }
    const BandFile* find(const std::string& band) const {
        const auto found = files.find(band);
        return found == files.end() ? nullptr : &found->second;
    }
};

/// Files by what their names have in common; of unnamed items those of one folder.
std::vector<BandGroup> grouped(const std::vector<BandFile>& files);

/// "…/HLS.L30.T11UMT.2020229T183906.v2.0.*.tif": what to give for the files of this group alone.
std::string patternOf(const BandGroup& group);

/// Which file is which band.
struct GroupBands {
    std::vector<std::pair<std::string, const BandFile*>> optical; ///< by our names, blue to swir2
    std::string question;                                         ///< not empty: it cannot be told which
};
GroupBands bandsOf(const BandGroup& group);

} // namespace nunatak::scene::products
