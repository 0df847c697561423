// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/composite_choice.h"

#include "panels/format.h"

namespace nunatak::ui {

terrain::DrapeStyle chooseStyle(const scene::Scene& scene, const QString& wanted) {
    const auto available = terrain::availableStyles(scene);
    for (const auto& style : available) {
        if (text(style.composite.name) == wanted) {
            return style;
        }
    }
    if (!available.empty() && available.front().kind == terrain::DrapeKind::Composite) {
        return available.front();
    }
    const auto bands = scene.bands("optical");
    const auto band = bands.empty() ? std::string("red") : bands.front();
    return {.composite = {"grey", {band, band, band}, "optical"}};
}

} // namespace nunatak::ui
