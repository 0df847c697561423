// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/picture.h"

#include "raster/raster_writer.h"
#include "scene/simulation/optical.h"
#include "scene/simulation/radar.h"
#include "scene/simulation/thermal.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

namespace nunatak::scene::simulation {

namespace {

raster::RasterLayout layoutOf(const Scene& scene, const SceneRaster& file) {
    raster::RasterLayout layout;
    layout.grid = scene.grid;
    layout.bandNames = file.bandNames;
    layout.cloudOptimised = true;
    if (file.feature == "optical") {
        layout.type = raster::PixelType::UInt16;
        layout.noData = 65535;
        layout.scale = 0.0001;
    } else if (file.feature == "quality") {
        layout.type = raster::PixelType::UInt8;
        layout.isClasses = true;
    } else {
        layout.noData = -9999;
    }
    return layout;
}

/// The surface as an elevation model has it: a few metres off, to the decimetre.
Image<float> elevationModel(const Place& place, const Patch& patch, const geo::PixelWindow& window) {
    Image<float> model = cut(patch.surface, window.row - patch.window.row,
                             window.column - patch.window.column, window.rows, window.columns);
    forRows(window.rows, [&](int row) {
        for (int column = 0; column < window.columns; ++column) {
            const double x = (window.column + column) * patch.cell;
            const double y = (window.row + row) * patch.cell;
            const auto pixel = static_cast<std::uint64_t>(window.row + row) *
                                   static_cast<std::uint64_t>(place.grid.columns) +
                               static_cast<std::uint64_t>(window.column + column);
            const double error = place.given ? 0
                                             : 4 * fractal(place.seed + 95, x / 1500, y / 1500, 4) +
                                                   0.8 * normalAt(place.seed, 96, pixel);
            float& height = model.at(0, row, column);
            height = static_cast<float>(std::floor((height + error) * 10 + 0.5) / 10);
        }
    });
    return model;
}

/// Stored to so many steps per unit: a radar's noise beyond that is not worth its bytes.
void roundTo(Image<float>& image, double steps) {
    for (auto& value : image.values()) {
        value = static_cast<float>(std::floor(value * steps + 0.5) / steps);
    }
}

class Camera {
public:
    Camera(const Place& place, const Glaciers& glaciers, const Acquisition& acquisition)
        : m_place(place), m_glaciers(glaciers), m_acquisition(acquisition),
          m_clouds(place, acquisition.season.weather, acquisition.cloud, acquisition.sun) {}

    /// Points at a tile: what all features of it have in common.
    void look(const geo::PixelWindow& window) {
        const auto pixels = [&](double metres) {
            return static_cast<int>(std::ceil(metres / m_place.pixel())) + 2;
        };
        const auto lit = grown(window, pixels(adjacencyMetres));
        m_window = window;
        m_patch = std::make_unique<Patch>(
            patchOf(m_place, m_glaciers.numbers, grown(lit, pixels(fineShadowMetres)), lit));
        m_surfaces = std::make_unique<Surfaces>(m_place, m_acquisition.season, *m_patch);
        m_light = illuminationOf(m_place, *m_patch, lit, m_acquisition.sun, m_clouds);
    }

    Image<float> feature(const std::string& name) const {
        const std::uint64_t noise = m_acquisition.season.weather;
        if (name == "optical") {
            return opticalOf(m_place, *m_patch, *m_surfaces, m_light, m_acquisition.sun, m_clouds, m_window,
                             noise);
        }
        if (name == "dem") {
            return elevationModel(m_place, *m_patch, m_window);
        }
        if (name == "quality") {
            return flags();
        }
        if (name == "thermal") {
            auto image = temperatureOf(m_place, *m_patch, *m_surfaces, m_acquisition.season, m_light,
                                       m_clouds, m_window, noise);
            roundTo(image, 100);
            return image;
        }
        if (name == "in_sar") {
            auto image = coherenceOf(m_place, *m_patch, *m_surfaces, m_window, noise);
            roundTo(image, 1000);
            return image;
        }
        auto image =
            backscatterOf(m_place, *m_patch, *m_surfaces,
                          name == "co_pol_sar" ? Polarisation::Co : Polarisation::Cross, m_window, noise);
        roundTo(image, 100000);
        return image;
    }

private:
    /// The truth of what a product's mask tells: cloud, its shadow on the ground, cirrus.
    Image<float> flags() const {
        Image<float> image(3, m_window.rows, m_window.columns);
        forRows(m_window.rows, [&](int row) {
            for (int column = 0; column < m_window.columns; ++column) {
                const double x = (m_window.column + column) * m_patch->cell;
                const double y = (m_window.row + row) * m_patch->cell;
                const double height = m_patch->surface.at(0, m_window.row - m_patch->window.row + row,
                                                          m_window.column - m_patch->window.column + column);
                image.at(0, row, column) = m_clouds.thick(x, y) > 0.2 ? 1.0F : 0.0F;
                image.at(1, row, column) = m_clouds.transmission(x, y, height) < 0.5 ? 1.0F : 0.0F;
                image.at(2, row, column) = m_clouds.thin(x, y) > 0.2 ? 1.0F : 0.0F;
            }
        });
        return image;
    }

    const Place& m_place;
    const Glaciers& m_glaciers;
    const Acquisition& m_acquisition;
    Clouds m_clouds;
    geo::PixelWindow m_window;
    std::unique_ptr<Patch> m_patch;
    std::unique_ptr<Surfaces> m_surfaces;
    Illumination m_light;
};

} // namespace

std::string fileOf(const std::string& feature) {
    return (feature == "dem" ? "elevation" : feature) + ".tif";
}

void writePicture(const Place& place, const Glaciers& glaciers, const Acquisition& acquisition,
                  const Scene& scene, const Claim& claim, const Progress& progress) {
    std::vector<std::unique_ptr<raster::RasterWriter>> writers;
    for (const auto& file : scene.rasters) {
        writers.push_back(std::make_unique<raster::RasterWriter>(file.file, layoutOf(scene, file), claim));
    }
    Camera camera(place, glaciers, acquisition);
    forTiles(place.grid, [&](const geo::PixelWindow& window, double fraction) {
        progress.report(0.85 * fraction, "Taking the picture");
        camera.look(window);
        for (std::size_t i = 0; i < writers.size(); ++i) {
            writers[i]->write(camera.feature(scene.rasters[i].feature), window.column, window.row);
        }
    });
    for (std::size_t i = 0; i < writers.size(); ++i) {
        progress.report(0.85 + 0.15 * static_cast<double>(i) / static_cast<double>(writers.size()),
                        "Writing files");
        writers[i]->complete();
    }
    for (auto& writer : writers) {
        writer->finish();
    }
    progress.report(1, "Writing files");
}

} // namespace nunatak::scene::simulation
