// SPDX-License-Identifier: GPL-3.0-or-later
#include "dummy_tool.h"

#include "editing/move_vertex.h"

namespace nunatak::tests {

namespace {

using namespace nunatak::ui::tools;

class DummyTool : public Tool {
public:
    Proposal click(const Place& place, const Scene& scene) override {
        Proposal proposal;
        if (const auto* ref = scene.selection().only()) {
            proposal.edit = editing::moveVertex(scene.draft(), *ref, {0, 0, 0}, place.map);
        }
        return proposal;
    }
};

} // namespace

ToolEntry dummyTool() {
    return {"dummy",
            "draw-freehand",
            QStringLiteral("D&ummy"),
            QStringLiteral("Move the first vertex here"),
            QKeySequence(Qt::Key_U),
            [] { return std::make_unique<DummyTool>(); },
            {}};
}

} // namespace nunatak::tests
