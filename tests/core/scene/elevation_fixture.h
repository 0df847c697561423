// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scene/opening.h"
#include "core/scene/product_fixtures.h"

#include <QTemporaryDir>

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::tests {

/// Metres at a posting, by column and row.
using Height = std::function<double(int, int)>;

inline double flat(int, int) {
    return 1500;
}

/// Pictures and elevation models of one place, in a folder of their own.
class ElevationFolder {
protected:
    std::filesystem::path at(const std::string& name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    /// 80 × 60 pixels of 30 m at 10.31° E, 46.95° N.
    std::filesystem::path optical(const std::string& name = "optical.tif",
                                  const std::string& crs = "EPSG:32632",
                                  std::array<double, 6> transform = {600000, 30, 0, 5200000, 0, -30}) const {
        TiffFixture fixture{.columns = 80, .rows = 60, .bands = 3, .crs = crs, .transform = transform};
        fixture.value = [](int band, int, int) { return 0.1 * band; };
        writeTiff(at(name), fixture);
        return at(name);
    }
    /// A part of 180 × 140 postings of 0.0004° around it.
    std::filesystem::path dem(const std::string& name, int left, int columns, const Height& height,
                              GDALDataType type = GDT_Float32, std::optional<double> noData = std::nullopt,
                              const std::string& unit = "") const {
        TiffFixture fixture{.columns = columns, .rows = 140, .type = type, .crs = "EPSG:4326"};
        fixture.transform = {10.28 + left * 0.0004, 0.0004, 0, 46.97, 0, -0.0004};
        fixture.noData = noData;
        fixture.value = [&](int, int column, int row) { return height(left + column, row); };
        fixture.finish = [&](GDALDatasetH dataset) {
            if (!unit.empty()) {
                GDALSetRasterUnitType(GDALGetRasterBand(dataset, 1), unit.c_str());
            }
        };
        std::filesystem::create_directories(at(name).parent_path());
        writeTiff(at(name), fixture);
        return at(name);
    }
    static std::string refusal(const std::vector<std::filesystem::path>& paths) {
        return messageOf([&] { opened(paths); });
    }
    static const scene::SceneRaster& elevationOf(const scene::Scene& scene) { return scene.rasters.back(); }

private:
    QTemporaryDir m_folder;
};

} // namespace nunatak::tests
