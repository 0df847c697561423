// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "ranking/conditions.h"
#include "raster/raster_writer.h"
#include "scene/scene_reader.h"

#include <QTemporaryDir>

#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace nunatak::tests {

/// A scene in files of its own, each pixel by a function.
class PixelScene {
public:
    using Value = std::function<float(int row, int column)>;
    static constexpr float none = std::numeric_limits<float>::quiet_NaN();

    explicit PixelScene(const geo::Grid& grid) {
        raster::initialiseGdal();
        m_scene.id = "scene";
        m_scene.name = "scene";
        m_scene.date = "2020-08-22";
        m_scene.grid = grid;
    }

    /// Snow where `snow`, else rock; no data where neither is.
    enum Ground { Rock, SnowOrIce, Water, Nothing };
    void addOptical(const std::function<Ground(int row, int column)>& ground) {
        const auto value = [ground](float rock, float snow, float water) {
            return [=](int row, int column) {
                const auto here = ground(row, column);
                return here == Nothing ? none : here == Rock ? rock : here == Water ? water : snow;
            };
        };
        // NDSI of rock -0.2, of snow 0.8, of water 0.6, which is as dark in NIR as water is.
        add("optical", {"green", "nir", "swir1"},
            {value(0.20F, 0.90F, 0.08F), value(0.25F, 0.70F, 0.05F), value(0.30F, 0.10F, 0.02F)});
    }
    void addElevation(const Value& height) { add("dem", {"elevation"}, {height}); }
    /// As Landsat's QA_PIXEL stores it: bit 3.
    void addCloud(const std::function<bool(int row, int column)>& cloud) {
        add("quality", {"cloud"},
            {[cloud](int row, int column) { return cloud(row, column) ? 8.0F : 0.0F; }});
        m_scene.rasters.back().flags = {{3, {}}};
    }

    scene::Scene& scene() { return m_scene; }
    scene::SceneReader reader() const { return {m_scene, std::make_shared<raster::ReaderPool>()}; }
    std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }

    /// An outline along pixel edges.
    outlines::OutlineHandle square(const std::string& name, int row, int column, int rows,
                                   int columns) const {
        outlines::Outline outline;
        outline.uuid = outlines::makeUuid();
        outline.name = name;
        const auto& grid = m_scene.grid;
        outline.geometry = {{{grid.toMap(column, row), grid.toMap(column + columns, row),
                              grid.toMap(column + columns, row + rows), grid.toMap(column, row + rows)},
                             {}}};
        return outlines::share(std::move(outline));
    }

private:
    void add(const std::string& feature, const std::vector<std::string>& bands,
             const std::vector<Value>& values) {
        raster::RasterLayout layout;
        layout.grid = m_scene.grid;
        layout.bandNames = bands;
        layout.noData = none;
        Image<float> pixels(static_cast<int>(bands.size()), layout.grid.rows, layout.grid.columns);
        std::vector<int> numbers;
        for (int band = 0; band < pixels.bands(); ++band) {
            numbers.push_back(band + 1);
            for (int row = 0; row < pixels.rows(); ++row) {
                for (int column = 0; column < pixels.columns(); ++column) {
                    pixels.at(band, row, column) = values[static_cast<std::size_t>(band)](row, column);
                }
            }
        }
        raster::RasterWriter writer(path((feature + ".tif").c_str()), layout);
        writer.write(pixels, 0, 0);
        writer.finish();
        m_scene.rasters.push_back({feature, path((feature + ".tif").c_str()), numbers, bands, 1, 0});
    }

    QTemporaryDir m_folder;
    scene::Scene m_scene;
};

} // namespace nunatak::tests
