// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/composite_choice.h"

#include "panels/format.h"

namespace nunatak::ui {

terrain::Composite chooseComposite(const scene::Scene& scene, const QString& wanted) {
    const auto available = terrain::availableComposites(scene);
    for (const auto& composite : available) {
        if (text(composite.name) == wanted) {
            return composite;
        }
    }
    if (!available.empty()) {
        return available.front();
    }
    const auto bands = scene.bands("optical");
    const auto band = bands.empty() ? std::string("red") : bands.front();
    return {"grey", {band, band, band}, "optical"};
}

} // namespace nunatak::ui
