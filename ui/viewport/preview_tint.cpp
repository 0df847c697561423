// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/preview_tint.h"

#include "ui/terrain/color_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nunatak::ui::viewport {

namespace {

using Rgba = std::array<float, 4>;

/// A computed pixel shows faintly even without ice, so that one sees how far the prediction has come.
Rgba tintOf(float probability) {
    const float p = std::clamp(probability, 0.0F, 1.0F);
    static const auto& map = terrain::colorMap(terrain::predictionMap);
    const auto& color = map.at(p);
    const float ice = std::clamp((p - 0.15F) / 0.7F, 0.0F, 1.0F);
    Rgba tint{};
    for (std::size_t i = 0; i < color.size(); ++i) {
        tint[i] = color[i];
    }
    tint[3] = 255 * (0.16F + 0.50F * ice);
    return tint;
}

} // namespace

void paintPreviewTile(unsigned char* picture, int columns, int rows, const geo::Extent& whole,
                      const geo::Extent& tile, const Image<float>& probability) {
    const double width = whole.width() / columns;
    const double height = whole.height() / rows;
    const int firstColumn =
        std::clamp(static_cast<int>(std::ceil((tile.xmin - whole.xmin) / width - 0.5)), 0, columns);
    const int endColumn =
        std::clamp(static_cast<int>(std::ceil((tile.xmax - whole.xmin) / width - 0.5)), 0, columns);
    const int firstRow =
        std::clamp(static_cast<int>(std::ceil((whole.ymax - tile.ymax) / height - 0.5)), 0, rows);
    const int endRow =
        std::clamp(static_cast<int>(std::ceil((whole.ymax - tile.ymin) / height - 0.5)), 0, rows);
    for (int row = firstRow; row < endRow; ++row) {
        const double y = whole.ymax - (row + 0.5) * height;
        const int tileRow = std::clamp(static_cast<int>((tile.ymax - y) / tile.height() * probability.rows()),
                                       0, probability.rows() - 1);
        for (int column = firstColumn; column < endColumn; ++column) {
            const double x = whole.xmin + (column + 0.5) * width;
            const int tileColumn =
                std::clamp(static_cast<int>((x - tile.xmin) / tile.width() * probability.columns()), 0,
                           probability.columns() - 1);
            const float value = probability.at(0, tileRow, tileColumn);
            if (!std::isfinite(value)) {
                continue;
            }
            auto tint = tintOf(value);
            auto* pixel = picture + (static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                                     static_cast<std::size_t>(column)) *
                                        4;
            for (std::size_t i = 0; i < 4; ++i) {
                const float mixed = pixel[3] != 0 ? (tint[i] + static_cast<float>(pixel[i])) / 2 : tint[i];
                pixel[i] = static_cast<unsigned char>(std::lround(mixed));
            }
        }
    }
}

} // namespace nunatak::ui::viewport
