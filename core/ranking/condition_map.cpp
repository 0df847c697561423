// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/condition_map.h"

#include "base/error.h"
#include "ranking/scene_shadow.h"
#include "raster/raster_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace nunatak::ranking {

namespace {

/// Rows read at a time, a multiple of the usual blocks of files, so that none is unpacked twice.
constexpr int stripRowsOf(int columns) {
    return columns <= 16384 ? 512 : 256;
}
constexpr float brightest = 2.5F; // of a reflectance: a slope of fresh snow that faces a low sun

double metresOf(const geo::Grid& grid) {
    return grid.pixelSize * grid.crs.metresPerUnit();
}

/// Fills a condition map from one scene.
class Look {
public:
    Look(const scene::SceneReader& scene, const Progress& progress) : m_scene(scene), m_progress(progress) {
        m_map.grid = conditionGrid(scene.scene().grid);
        m_map.bits = Image<std::uint8_t>(1, m_map.grid.rows, m_map.grid.columns);
        m_stripRows = stripRowsOf(m_map.grid.columns);
    }

    ConditionMap map() && {
        if (m_scene.scene().bands("optical").empty()) {
            throw Error("The scene \"" + m_scene.scene().name +
                        "\" has no optical bands, so it cannot be ranked; add them, or leave the scene out.");
        }
        chooseOptical();
        lookAtPixels(m_progress.part(0, m_scene.has("dem", {"elevation"}) ? 0.8 : 1));
        castShadows(m_progress.part(0.8, 1));
        return std::move(m_map);
    }

private:
    void chooseOptical() {
        m_optical = m_scene.scene().bands("optical");
        m_seesSnow = m_scene.has("optical", snowBands);
        if (m_seesSnow) {
            m_optical = snowBands;
        } else {
            m_map.snowUnknown = "The scene has no green, NIR and SWIR1 band to tell snow by.";
        }
        m_seesCloud = m_scene.has("quality", {"cloud"});
        if (!m_seesCloud) {
            m_map.cloudUnknown = "The scene has no cloud mask.";
        }
    }

    void lookAtPixels(const Progress& progress) {
        for (int first = 0; first < m_map.grid.rows; first += m_stripRows) {
            progress.report(static_cast<double>(first) / m_map.grid.rows, "Looking at the scene");
            const int count = std::min(m_stripRows, m_map.grid.rows - first);
            const auto strip = m_map.grid.window(0, first, m_map.grid.columns, count);
            const Progress quiet({}, progress.stopToken());
            auto* bits = m_map.bits.row(0, first);
            lookAtOptical(m_scene.read("optical", m_optical, strip, quiet), bits);
            if (m_seesCloud) {
                const auto cloud = m_scene.read("quality", {"cloud"}, strip, quiet);
                for (std::size_t i = 0; i < cloud.bandSize(); ++i) {
                    if (cloud.values()[i] > 0.5F) {
                        bits[i] |= Cloud;
                    }
                }
            }
        }
        if (m_seesSnow && 2 * m_tooBright > m_covered) {
            m_map.snowUnknown = "The scene's numbers are no reflectance to tell snow by.";
            for (auto& pixel : m_map.bits.values()) {
                pixel &= static_cast<std::uint8_t>(~Snow);
            }
        }
    }

    void lookAtOptical(const Image<float>& pixels, std::uint8_t* bits) {
        for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
            bool has = true;
            for (int band = 0; band < pixels.bands(); ++band) {
                has = has && std::isfinite(pixels.band(band)[i]);
            }
            if (!has) {
                continue;
            }
            bits[i] |= Covered;
            ++m_covered;
            if (!m_seesSnow) {
                continue;
            }
            const float green = pixels.band(0)[i];
            const float nir = pixels.band(1)[i];
            const float swir = pixels.band(2)[i];
            m_tooBright += green > brightest || nir > brightest ? 1 : 0;
            // Without the division: noise around 0 would blow it up.
            if (nir > leastNir && green - swir > leastNdsi * (green + swir)) {
                bits[i] |= Snow;
            }
        }
    }

    void castShadows(const Progress& progress) {
        const auto sun = sunOf(m_scene.scene());
        if (!m_scene.has("dem", {"elevation"})) {
            m_map.shadowUnknown = "The scene has no elevation model to cast shadows.";
        } else if (!sun || !sun->azimuth) {
            m_map.shadowUnknown =
                "Sun unknown: the scene's metadata tell neither where the sun stood nor the "
                "time of acquisition.";
        } else {
            castSceneShadow(
                m_scene, m_map.grid, sun->elevation, *sun->azimuth, m_stripRows,
                [this](int row, const std::uint8_t* shadow) {
                    auto* bits = m_map.bits.row(0, row);
                    for (int column = 0; column < m_map.grid.columns; ++column) {
                        bits[column] |= static_cast<std::uint8_t>(shadow[column] * Shadow);
                    }
                },
                progress);
        }
    }

    inline static const std::vector<std::string> snowBands{"green", "nir", "swir1"};

    const scene::SceneReader& m_scene;
    const Progress& m_progress;
    ConditionMap m_map;
    int m_stripRows = 0;
    std::vector<std::string> m_optical;
    bool m_seesSnow = false;
    bool m_seesCloud = false;
    std::size_t m_covered = 0;
    std::size_t m_tooBright = 0;
};

} // namespace

bool ConditionMap::knows(Condition condition) const {
    return (condition != Cloud || cloudUnknown.empty()) && (condition != Snow || snowUnknown.empty()) &&
           (condition != Shadow || shadowUnknown.empty());
}

geo::Grid conditionGrid(const geo::Grid& sceneGrid) {
    const double together = std::floor(coarsestMetres / metresOf(sceneGrid) + 1e-6);
    return together > 1 ? sceneGrid.atPixelSize(sceneGrid.pixelSize * together) : sceneGrid;
}

ConditionMap conditionMap(const scene::SceneReader& scene, const Progress& progress) {
    return Look(scene, progress).map();
}

Image<std::uint8_t> onGrid(const ConditionMap& map, const geo::Grid& target, const Progress& progress) {
    Image<std::uint8_t> result(1, target.rows, target.columns);
    const geo::CoordinateTransform transform(target.crs, map.grid.crs);
    std::vector<geo::Point> middles(static_cast<std::size_t>(target.columns));
    for (int row = 0; row < target.rows; ++row) {
        progress.throwIfStopped();
        for (int column = 0; column < target.columns; ++column) {
            middles[static_cast<std::size_t>(column)] = target.toMap(column + 0.5, row + 0.5);
        }
        transform.applyOrNan(middles);
        for (int column = 0; column < target.columns; ++column) {
            const auto pixel = map.grid.toPixel(middles[static_cast<std::size_t>(column)]);
            if (pixel.x >= 0 && pixel.y >= 0 && pixel.x < map.grid.columns && pixel.y < map.grid.rows) {
                result.at(0, row, column) =
                    map.bits.at(0, static_cast<int>(pixel.y), static_cast<int>(pixel.x));
            }
        }
    }
    return result;
}

void writeConditions(const ConditionMap& map, const std::filesystem::path& file, const Claim& claim) {
    raster::RasterLayout layout;
    layout.grid = map.grid;
    layout.type = raster::PixelType::UInt8;
    layout.noData = 255;
    layout.isClasses = true;
    std::vector<Condition> known;
    for (const auto& [condition, name] :
         {std::pair{Snow, "snow"}, std::pair{Shadow, "cast_shadow"}, std::pair{Cloud, "cloud"}}) {
        if (map.knows(condition)) {
            known.push_back(condition);
            layout.bandNames.emplace_back(name);
        }
    }
    if (known.empty()) {
        throw Error(
            "Neither snow nor shadow nor cloud of the scene is known, so there is no layer to write to " +
            file.string() + ".");
    }
    raster::RasterWriter writer(file, layout, claim);
    constexpr int stripRows = 256;
    for (int first = 0; first < map.grid.rows; first += stripRows) {
        const int count = std::min(stripRows, map.grid.rows - first);
        Image<float> strip(static_cast<int>(known.size()), count, map.grid.columns,
                           std::numeric_limits<float>::quiet_NaN());
        const auto* bits = map.bits.row(0, first);
        for (std::size_t band = 0; band < known.size(); ++band) {
            float* values = strip.band(static_cast<int>(band));
            for (std::size_t i = 0; i < strip.bandSize(); ++i) {
                if ((bits[i] & Covered) != 0) {
                    values[i] = (bits[i] & known[band]) != 0 ? 1.0F : 0.0F;
                }
            }
        }
        writer.write(strip, 0, first);
    }
    writer.finish();
}

} // namespace nunatak::ranking
