// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/scene_shadow.h"

#include "geo/ground_scale.h"
#include "geo/true_north.h"
#include "ranking/cast_shadow.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace nunatak::ranking {

namespace {

constexpr double longestShadow = 30000; // metres
constexpr double highestWall = 5000;    // metres above what it throws its shadow on
/// On the ground: in polar stereographic a pixel is that long at the standard parallel alone.
double metresOf(const geo::Grid& grid) {
    return grid.pixelSize * geo::groundMetresPerUnit(grid.crs, grid.extent().center());
}

/// Pixels that the shadow's sweep looks at beyond the scene, on the sides of the sun.
struct Surroundings {
    int top = 0;
    int bottom = 0;
    int left = 0;
    int right = 0;
};

/// Where the sun stands over the grid, clockwise from its up. All of a picture is taken at one moment: the
/// sun has one direction on the map, while its azimuth changes with the longitude as true north does.
double gridAzimuth(const geo::Grid& grid, double azimuth) {
    return azimuth + geo::TrueNorth(grid.crs).bearing(grid.extent().center());
}

Surroundings towardsSun(const geo::Grid& grid, double elevation, double azimuth) {
    const double degree = std::numbers::pi / 180;
    const double reach =
        std::min(longestShadow, highestWall / std::max(1e-3, std::tan(std::max(0.0, elevation) * degree)));
    const auto pixels = [&](double share) {
        return share > 0 ? static_cast<int>(std::ceil(share * reach / metresOf(grid))) : 0;
    };
    const double north = std::cos(azimuth * degree);
    const double east = std::sin(azimuth * degree);
    return {pixels(north), pixels(-north), pixels(-east), pixels(east)};
}

/// Rows of one image above those of another.
Image<float> stacked(const Image<float>& above, const Image<float>& below) {
    Image<float> both(1, above.rows() + below.rows(), above.columns());
    std::copy_n(above.band(0), above.bandSize(), both.band(0));
    std::copy_n(below.band(0), below.bandSize(), both.row(0, above.rows()));
    return both;
}

Image<float> cutRows(const Image<float>& image, int first, int count) {
    Image<float> rows(1, count, image.columns());
    std::copy_n(image.row(0, first), rows.bandSize(), rows.band(0));
    return rows;
}

/// The next rows of a sweep that is `done` rows on its way, between boundaries of the map's strips.
std::pair<int, int> stripAfter(int done, int rows, int top, int stripRows, bool down) {
    const auto boundary = [&](int row) { // the last one at or above a row
        return static_cast<int>(std::floor(static_cast<double>(row - top) / stripRows)) * stripRows + top;
    };
    if (down) {
        return {done, std::min(rows, boundary(done) + stripRows)};
    }
    const int end = rows - done;
    return {std::max(0, boundary(end - 1)), end};
}

} // namespace

void castSceneShadow(const scene::SceneReader& scene, const geo::Grid& grid, double sunElevation,
                     double sunAzimuth, int stripRows, const ShadowRow& take, const Progress& progress) {
    const double azimuth = gridAzimuth(grid, sunAzimuth);
    const auto around = towardsSun(grid, sunElevation, azimuth);
    const int rows = around.top + grid.rows + around.bottom;
    const int columns = around.left + grid.columns + around.right;
    ShadowSweep sweep(rows, columns, metresOf(grid), azimuth, sunElevation);
    const bool down = sweep.beginsAtTheTop();
    const Image<float> beyond(1, 1, columns, std::numeric_limits<float>::quiet_NaN());
    // A row is decided when its neighbours on both sides are there: the last two of a strip wait.
    Image<float> waiting = beyond;
    for (int done = 0; done < rows;) {
        progress.report(static_cast<double>(done) / rows, "Casting shadows");
        const auto [begin, end] = stripAfter(done, rows, around.top, stripRows, down);
        const auto read = scene.read("dem", {"elevation"},
                                     grid.window(-around.left, begin - around.top, columns, end - begin),
                                     Progress({}, progress.stopToken()));
        done += end - begin;
        int above = down ? begin - waiting.rows() : begin; // the row that `heights` begins with
        auto heights = down ? stacked(waiting, read) : stacked(read, waiting);
        if (done == rows) {
            heights = down ? stacked(heights, beyond) : stacked(beyond, heights);
            above -= down ? 0 : 1;
        }
        const auto shadow = sweep.rows(heights, above + 1);
        for (int i = 0; i < shadow.rows(); ++i) {
            const int row = above + 1 - around.top + i;
            if (row >= 0 && row < grid.rows) {
                take(row, shadow.row(0, i) + around.left);
            }
        }
        waiting = cutRows(heights, down ? heights.rows() - 2 : 0, 2);
    }
}

} // namespace nunatak::ranking
