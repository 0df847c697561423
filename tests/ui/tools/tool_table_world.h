// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fake_scene.h"

#include "ui/tools/tool_table.h"

#include <QtGlobal>

#include <memory>

namespace nunatak::tests {

inline const geo::MultiPolygon square{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}};

inline ui::tools::ToolEntry entry(const char* id) {
    for (const auto& candidate : ui::tools::toolTable()) {
        if (QLatin1String(candidate.id) == QLatin1String(id)) {
            return candidate;
        }
    }
    qFatal("no such tool");
}

inline geo::MultiPolygon squareAt(double x) {
    return {{{{x, 0}, {x + 50, 0}, {x + 50, 50}, {x, 50}}, {}}};
}

/// A glacier of the inventory, a lake beside it, and a prediction beneath, all selectable.
struct TableWorld : FakeScene {
    outlines::OutlineRef glacier = layers.put("inventory", "Big", square);
    outlines::OutlineRef lake =
        layers.put("lakes", "lake", {{{{200, 0}, {300, 0}, {300, 100}, {200, 100}}, {}}});
    outlines::OutlineRef predicted =
        layers.put("predicted", "machine", {{{{-20, -20}, {120, -20}, {120, 120}, {-20, 120}}, {}}});
    std::unique_ptr<ui::tools::Tool> select = entry("select").make();

    void click(double x, double y, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        const auto proposal = select->click(place(x, y, modifiers), *this);
        if (proposal.selection) {
            selected = *proposal.selection;
        }
    }
};

} // namespace nunatak::tests
