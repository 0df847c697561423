// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/line_tool.h"
#include "ui/tools/neighbours_option.h"

namespace nunatak::ui::tools {

/// A line that ends where it began: what is drawn of it, and what is said while it has too few points.
class RingTool : public LineTool {
public:
    void choose(const QString& option, int value) override;

protected:
    Reading read(const geo::Ring& line, const Scene& scene) const final;
    /// What a ring of at least three points would do. What it throws is said. `line`: of it what was drawn,
    /// without what closes it along an edge.
    virtual void readRing(const geo::Ring& ring, const geo::Ring& line, const Scene& scene,
                          Reading& reading) const = 0;

    nunatak::editing::Neighbours neighbours() const { return m_neighbours; }

private:
    nunatak::editing::Neighbours m_neighbours = nunatak::editing::Neighbours::Together;
};

} // namespace nunatak::ui::tools
