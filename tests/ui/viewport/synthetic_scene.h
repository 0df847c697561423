// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "synthetic_terrain.h"

#include "geo/crs.h"
#include "outlines/outline.h"
#include "raster/raster_writer.h"
#include "raster/reader_pool.h"
#include "scene/scene.h"
#include "scene/scene_reader.h"

#include <QTemporaryDir>

#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>
#include <numbers>
#include <string>

namespace nunatak::tests {

/// The invented range as files: six bands of reflectance at 20 m, an elevation model at 30 m and a confidence
/// raster, with three glaciers whose margins are known. What is drawn of it has gone through reader, tiles
/// and painter, as a real scene does.
class SyntheticScene {
public:
    static constexpr double metres = 9600;
    static constexpr double left = 465'000;
    static constexpr double top = 5'190'000;

    /// A glacier in shares of the scene's side, v southwards; its margin is a wavy circle.
    struct Glacier {
        const char* name;
        double u, v, radius, phase;

        double reach(double angle) const {
            return radius * (1 + 0.20 * std::sin(3 * angle + phase) + 0.07 * std::sin(8 * angle));
        }
        /// Metres from a place to the margin, positive on the ice; along the ray from the middle.
        double inside(double atU, double atV, double shrunk) const {
            const double angle = std::atan2(atV - v, atU - u);
            return (shrunk * reach(angle) - std::hypot(atU - u, atV - v)) * metres;
        }
    };
    static constexpr std::array<Glacier, 3> glaciers{
        {{"west", 0.34, 0.40, 0.15, 0.4}, {"east", 0.69, 0.34, 0.13, 2.0}, {"south", 0.53, 0.71, 0.11, 4.4}}};

    /// `shrunk`: the glaciers' radius as a share of what it was; 1 is what outlines() and confidence say.
    explicit SyntheticScene(double shrunk = 1) : m_shrunk(shrunk) {
        raster::initialiseGdal();
        writePicture();
        writeElevation();
        writeConfidence();
    }

    std::string file(const char* name) const { return m_folder.filePath(name).toStdString(); }
    geo::Crs crs() const { return geo::Crs::fromUserInput("EPSG:32632"); }
    geo::Grid grid(double pixel) const {
        const int side = static_cast<int>(metres / pixel);
        return {crs(), left, top, pixel, side, side};
    }
    std::shared_ptr<const scene::SceneReader> reader() const {
        auto scene =
            scene::sceneFromRasters({{"optical", file("optical.tif") + ":blue,green,red,nir,swir1,swir2"},
                                     {"dem", file("dem.tif") + ":elevation"}},
                                    "range", "2020-08-20", "invented");
        return std::make_shared<scene::SceneReader>(std::move(scene), std::make_shared<raster::ReaderPool>());
    }
    /// In its style of this name (natural, infrared, ice, NDSI, hillshade …).
    std::shared_ptr<const ui::terrain::Terrain> terrain(const std::string& style) const {
        const auto opened = reader();
        for (const auto& known : ui::terrain::availableStyles(opened->scene())) {
            if (known.composite.name == style) {
                return ui::terrain::buildTerrain(opened, crs(), known, {});
            }
        }
        return nullptr;
    }
    /// The glaciers' margins, with their names as uuids.
    static std::vector<outlines::OutlineHandle> outlines() {
        std::vector<outlines::OutlineHandle> all;
        for (const auto& glacier : glaciers) {
            outlines::Outline outline;
            outline.uuid = glacier.name;
            geo::Polygon polygon;
            constexpr int vertices = 240;
            for (int i = 0; i < vertices; ++i) {
                const double angle = 2 * std::numbers::pi * i / vertices;
                const double reach = glacier.reach(angle);
                polygon.outer.push_back({left + (glacier.u + reach * std::cos(angle)) * metres,
                                         top - (glacier.v + reach * std::sin(angle)) * metres});
            }
            outline.geometry = {polygon};
            all.push_back(outlines::share(std::move(outline)));
        }
        return all;
    }

private:
    using Spectrum = std::array<double, 6>;

    static Spectrum mixed(const Spectrum& a, const Spectrum& b, double share) {
        Spectrum result{};
        for (std::size_t i = 0; i < result.size(); ++i) {
            result[i] = a[i] + (b[i] - a[i]) * std::clamp(share, 0.0, 1.0);
        }
        return result;
    }
    Spectrum reflectance(double u, double v) const {
        constexpr Spectrum snow{0.88, 0.88, 0.86, 0.78, 0.10, 0.07};
        constexpr Spectrum bareIce{0.50, 0.47, 0.42, 0.33, 0.05, 0.04};
        constexpr Spectrum rock{0.11, 0.14, 0.15, 0.19, 0.23, 0.20};
        constexpr Spectrum meadow{0.03, 0.07, 0.05, 0.38, 0.20, 0.10};
        const double height = syntheticHeight(u, v);
        constexpr double step = 1.0 / 480;
        const double du = (syntheticHeight(u + step, v) - height) / (step * metres);
        const double dv = (syntheticHeight(u, v + step) - height) / (step * metres);
        auto ground = mixed(meadow, rock, (height - 1550) / 350 + 0.5 * std::hypot(du, dv));
        for (const auto& glacier : glaciers) {
            if (glacier.inside(u, v, m_shrunk) > 0) {
                ground = mixed(bareIce, snow, (height - 2250) / 250);
            }
        }
        // The sun stands in the south-east, 45° high; shade still has a third of the light from the sky.
        const double facing = (0.5 * -du + 0.5 * -dv + 0.71) / std::sqrt(1 + du * du + dv * dv);
        const double light = 0.35 + 0.75 * std::max(0.0, facing);
        for (auto& band : ground) {
            band *= light;
        }
        return ground;
    }
    void writePicture() const {
        const auto target = grid(20);
        Image<float> pixels(6, target.rows, target.columns);
        for (int row = 0; row < target.rows; ++row) {
            for (int column = 0; column < target.columns; ++column) {
                const auto found = reflectance((column + 0.5) / target.columns, (row + 0.5) / target.rows);
                for (int band = 0; band < 6; ++band) {
                    pixels.at(band, row, column) = static_cast<float>(found[static_cast<std::size_t>(band)]);
                }
            }
        }
        write("optical.tif", target, pixels, {"blue", "green", "red", "nir", "swir1", "swir2"});
    }
    void writeElevation() const {
        const auto target = grid(30);
        Image<float> pixels(1, target.rows, target.columns);
        for (int row = 0; row < target.rows; ++row) {
            for (int column = 0; column < target.columns; ++column) {
                pixels.at(0, row, column) = static_cast<float>(
                    syntheticHeight((column + 0.5) / target.columns, (row + 0.5) / target.rows));
            }
        }
        write("dem.tif", target, pixels, {"elevation"});
    }
    /// 0.5 on the margins, rising to 1 within 400 m of them; none in the east and in a hole in the south.
    void writeConfidence() const {
        const auto target = grid(20);
        Image<float> pixels(1, target.rows, target.columns);
        for (int row = 0; row < target.rows; ++row) {
            for (int column = 0; column < target.columns; ++column) {
                const double u = (column + 0.5) / target.columns;
                const double v = (row + 0.5) / target.rows;
                double away = 1e9;
                for (const auto& glacier : glaciers) {
                    away = std::min(away, std::abs(glacier.inside(u, v, 1)));
                }
                const bool computed = u < 0.8 && std::hypot(u - 0.3, v - 0.75) > 0.08;
                pixels.at(0, row, column) = computed
                                                ? static_cast<float>(0.5 + 0.5 * std::min(1.0, away / 400))
                                                : std::numeric_limits<float>::quiet_NaN();
            }
        }
        write("confidence.tif", target, pixels, {"confidence"});
    }
    void write(const char* name, const geo::Grid& grid, const Image<float>& pixels,
               const std::vector<std::string>& bands) const {
        raster::RasterLayout layout;
        layout.grid = grid;
        layout.bandNames = bands;
        raster::RasterWriter writer(file(name), layout);
        writer.write(pixels, 0, 0);
        writer.finish();
    }

    QTemporaryDir m_folder;
    double m_shrunk;
};

} // namespace nunatak::tests
