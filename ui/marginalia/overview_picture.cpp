// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/overview_picture.h"

#include "ui/viewport/viewport.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::marginalia {

using viewport::MapCamera;
using viewport::Viewport;

QImage overviewPicture(Viewport& viewport, int pixels, geo::Extent& extent) {
    const auto terrain = viewport.terrain();
    if (terrain == nullptr) {
        return {};
    }
    extent = terrain->heightGrid.extent();
    const double longer = std::max(extent.width(), extent.height());
    const QSize size(std::max(1, static_cast<int>(std::lround(pixels * extent.width() / longer))),
                     std::max(1, static_cast<int>(std::lround(pixels * extent.height() / longer))));
    MapCamera camera;
    const auto middle = extent.center();
    camera.target = {middle.x, middle.y, terrain->heightAt(middle) * viewport.verticalExaggeration()};
    camera.viewHeight = extent.height();
    return viewport.groundPicture(camera, size);
}

} // namespace nunatak::ui::marginalia
