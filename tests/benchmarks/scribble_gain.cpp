// SPDX-License-Identifier: GPL-3.0-or-later
// What a few strokes gain on a scene whose outlines are known: an oracle draws a stroke of at most 31 pixels
// through the middle of the largest place where the corrected model is wrong, and so on; IoU of the whole
// view (1,024² pixels in the middle of the scene, or all of a smaller one) before and after each stroke, and
// how much of the ground farther than 64 pixels from every stroke became right and wrong.
//
//     scribble_gain --scene scene.json --outlines outlines.gpkg [--model starter] [--strokes 5] [--by-colour]
//
// --by-colour: beside the outlines nobody knows: there bright ground of an NDSI over 0.4 counts as ice, of
// one under 0.2 as none, and the rest not at all. Figures in docs/learning.md.
#include "base/error.h"
#include "base/install_paths.h"
#include "exchange/outline_files.h"
#include "models/module_loader.h"
#include "prediction/polygonise.h"
#include "prediction/predict_scene.h"
#include "scribble/light_head.h"
#include "scribble/nearness.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace nunatak;
using scribble::StrokePixels;

constexpr int longest = 15; // to each side of where a stroke begins
constexpr double farAway = 64;

struct Arguments {
    std::string scene, outlines, model = "starter";
    int strokes = 5;
    bool byColour = false;
    scribble::HeadOptions head;
};

/// Of each pixel: 1 ice, 0 none, 2 nobody knows.
std::vector<int> truthOf(const Arguments& arguments, const scene::SceneReader& scene, const geo::Grid& grid) {
    std::vector<geo::MultiPolygon> shapes;
    const auto read = exchange::readOutlines(arguments.outlines, grid.crs);
    for (const auto& outline : read.outlines) {
        shapes.push_back(outline.geometry);
    }
    const auto drawn = prediction::rasterise(shapes, grid);
    std::vector<int> truth;
    for (const auto label : drawn.values()) {
        truth.push_back(label > 0 ? 1 : 0);
    }
    if (arguments.byColour) {
        const auto bands = scene.read("optical", {"green", "red", "swir1"}, grid);
        for (std::size_t i = 0; i < truth.size(); ++i) {
            const float green = bands.band(0)[i], red = bands.band(1)[i], swir = bands.band(2)[i];
            const float index = (green - swir) / (green + swir);
            if (truth[i] == 0) {
                truth[i] = index > 0.4F && red > 0.15F ? 1 : index < 0.2F ? 0 : 2;
            }
        }
    }
    return truth;
}

class Oracle {
public:
    Oracle(const geo::Grid& grid, std::vector<int> truth) : m_grid(grid), m_truth(std::move(truth)) {}

    double iou(const Image<float>& logit) const {
        double both = 0, either = 0;
        for (std::size_t i = 0; i < m_truth.size(); ++i) {
            if (m_truth[i] < 2 && std::isfinite(logit.values()[i])) {
                const bool found = logit.values()[i] > 0;
                both += found && m_truth[i] == 1 ? 1 : 0;
                either += found || m_truth[i] == 1 ? 1 : 0;
            }
        }
        return either > 0 ? both / either : 1;
    }

    /// Pixels far from strokes that became right, and wrong.
    std::pair<int, int> farChanges(const Image<float>& before, const Image<float>& after,
                                   const std::vector<StrokePixels>& strokes) const {
        const auto near = scribble::nearnessOf(m_grid, strokes, farAway); // one half at that distance
        std::pair<int, int> count;
        for (std::size_t i = 0; i < m_truth.size(); ++i) {
            const bool was = before.values()[i] > 0;
            const bool is = after.values()[i] > 0;
            if (near.values()[i] < 0.5F && m_truth[i] < 2 && was != is) {
                (is == (m_truth[i] == 1) ? count.first : count.second) += 1;
            }
        }
        return count;
    }

    /// Through the middle of the largest place that is wrong; empty: all is right.
    StrokePixels next(const Image<float>& logit) const {
        const auto wrong = largestWrong(logit);
        StrokePixels stroke;
        if (wrong.empty()) {
            return stroke;
        }
        stroke.isIce = m_truth[wrong.front()] == 1;
        std::vector<bool> isWrong(m_truth.size());
        for (const auto pixel : wrong) {
            isWrong[pixel] = true;
        }
        const auto middle = innermost(wrong, isWrong);
        constexpr std::array<std::pair<int, int>, 4> ways{{{0, 1}, {1, 0}, {1, 1}, {1, -1}}};
        for (const auto& [down, right] : ways) {
            std::vector<std::uint32_t> line{middle};
            for (const int sign : {1, -1}) {
                for (int step = 1; step <= longest; ++step) {
                    const int row = static_cast<int>(middle) / m_grid.columns + sign * step * down;
                    const int column = static_cast<int>(middle) % m_grid.columns + sign * step * right;
                    if (!isAt(isWrong, row, column)) {
                        break;
                    }
                    line.push_back(static_cast<std::uint32_t>(row * m_grid.columns + column));
                }
            }
            if (line.size() > stroke.pixels.size()) {
                stroke.pixels = std::move(line);
            }
        }
        return stroke;
    }

private:
    bool isAt(const std::vector<bool>& mask, int row, int column) const {
        return row >= 0 && column >= 0 && row < m_grid.rows && column < m_grid.columns &&
               mask[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_grid.columns) +
                    static_cast<std::size_t>(column)];
    }

    std::vector<std::uint32_t> largestWrong(const Image<float>& logit) const {
        std::vector<bool> isOpen(m_truth.size());
        for (std::size_t i = 0; i < m_truth.size(); ++i) {
            const float value = logit.values()[i];
            isOpen[i] = std::isfinite(value) && m_truth[i] < 2 && (value > 0) != (m_truth[i] == 1);
        }
        std::vector<std::uint32_t> largest;
        for (std::size_t start = 0; start < isOpen.size(); ++start) {
            if (!isOpen[start]) {
                continue;
            }
            std::vector<std::uint32_t> piece{static_cast<std::uint32_t>(start)};
            isOpen[start] = false;
            for (std::size_t k = 0; k < piece.size(); ++k) {
                const int row = static_cast<int>(piece[k]) / m_grid.columns;
                const int column = static_cast<int>(piece[k]) % m_grid.columns;
                for (const auto& [down, right] : {std::pair{0, 1}, {0, -1}, {1, 0}, {-1, 0}}) {
                    const auto there =
                        static_cast<std::uint32_t>((row + down) * m_grid.columns + column + right);
                    if (isAt(isOpen, row + down, column + right) && m_truth[there] == m_truth[start]) {
                        isOpen[there] = false;
                        piece.push_back(there);
                    }
                }
            }
            if (piece.size() > largest.size()) {
                largest = std::move(piece);
            }
        }
        return largest;
    }

    /// The pixel that is farthest from what is not wrong, by peeling.
    std::uint32_t innermost(std::vector<std::uint32_t> pixels, std::vector<bool> isLeft) const {
        std::uint32_t last = pixels.front();
        while (!pixels.empty()) {
            last = pixels[pixels.size() / 2];
            std::vector<std::uint32_t> inner, edge;
            for (const auto pixel : pixels) {
                const int row = static_cast<int>(pixel) / m_grid.columns;
                const int column = static_cast<int>(pixel) % m_grid.columns;
                const bool isInner = isAt(isLeft, row, column + 1) && isAt(isLeft, row, column - 1) &&
                                     isAt(isLeft, row + 1, column) && isAt(isLeft, row - 1, column);
                (isInner ? inner : edge).push_back(pixel);
            }
            for (const auto pixel : edge) {
                isLeft[pixel] = false;
            }
            pixels = std::move(inner);
        }
        return last;
    }

    geo::Grid m_grid;
    std::vector<int> m_truth;
};

void run(const Arguments& arguments) {
    const auto paths = installPaths();
    const models::Registry registry(paths.installedModels, paths.userModels);
    const auto model = registry.find(arguments.model);
    auto network =
        models::loadModule(paths.modelsModule).open(model.manifest.network, models::loadWeights(model), {});
    const scene::SceneReader scene(scene::loadScene(arguments.scene), std::make_shared<raster::ReaderPool>());
    const auto grid = prediction::predictionGrid(scene.scene(), model.manifest);
    const int columns = std::min(grid.columns, scribble::mostPixels);
    const int rows = std::min(grid.rows, scribble::mostPixels);
    const auto view = scribble::readViewFeatures(
        scene, model, *network, {(grid.columns - columns) / 2, (grid.rows - rows) / 2, columns, rows}, {});
    const Oracle oracle(view.grid, truthOf(arguments, scene, view.grid));
    std::vector<StrokePixels> strokes;
    Image<float> logit = view.logit;
    std::printf("%d by %d pixels, %s\nstrokes  said      IoU     far: right  wrong\n", columns, rows,
                model.manifest.name.c_str());
    std::printf("%7d  %-8s %.4f\n", 0, "", oracle.iou(logit));
    for (int i = 1; i <= arguments.strokes; ++i) {
        auto stroke = oracle.next(logit);
        if (stroke.pixels.empty()) {
            break;
        }
        strokes.push_back(std::move(stroke));
        logit = scribble::correctedLogit(view, scribble::fittedHead(view, strokes, arguments.head), strokes);
        const auto [right, wrong] = oracle.farChanges(view.logit, logit, strokes);
        std::printf("%7d  %-8s %.4f %10d %6d\n", i, strokes.back().isIce ? "ice" : "none", oracle.iou(logit),
                    right, wrong);
    }
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("What a few strokes gain");
    Arguments arguments;
    app.add_option("--scene", arguments.scene)->required();
    app.add_option("--outlines", arguments.outlines)->required();
    app.add_option("--model", arguments.model);
    app.add_option("--strokes", arguments.strokes);
    app.add_flag("--by-colour", arguments.byColour);
    app.add_option("--stroke-weight", arguments.head.strokeWeight);
    app.add_option("--keep-weight", arguments.head.keepWeight);
    app.add_option("--prior", arguments.head.prior);
    app.add_option("--reach", arguments.head.reach);
    CLI11_PARSE(app, argc, argv);
    try {
        run(arguments);
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
