// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/choosing.h"

#include <algorithm>

namespace nunatak::ui::tools {

Selection toggled(Selection selection, const outlines::OutlineRef& ref) {
    const auto found = std::find(selection.outlines.begin(), selection.outlines.end(), ref);
    if (found != selection.outlines.end()) {
        selection.outlines.erase(found);
    } else {
        selection.outlines.push_back(ref);
    }
    selection.vertices.clear();
    return selection;
}

Selection chosenBy(const Place& place, const Scene& scene) {
    const auto there = scene.at(place.map);
    if (there.empty()) {
        return scene.selection();
    }
    return place.isShifted() ? toggled(scene.selection(), there.front()) : Selection{{there.front()}, {}};
}

} // namespace nunatak::ui::tools
