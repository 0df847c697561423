// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/ring_tool.h"

#include "editing/redraw_plan.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr std::size_t leastPoints = 3;

} // namespace

void RingTool::choose(const QString& option, int value) {
    LineTool::choose(option, value);
    m_neighbours = chosenNeighbours(option, value).value_or(m_neighbours);
}

LineTool::Reading RingTool::read(const geo::Ring& line, const Scene& scene) const {
    Reading reading;
    Proposal& proposal = reading.proposal;
    const bool isRing = line.size() >= leastPoints;
    geo::Ring ring = line;
    const geo::Ring closed = closing(line, scene);
    ring.insert(ring.end(), closed.begin(), closed.end());
    proposal.marks.lines.push_back({ring, isRing, Marks::Look::Drawn});
    if (line.size() == 1) {
        proposal.marks.dots.push_back(line.front());
    }
    if (!isRing) {
        reading.isUnfinished = true;
        proposal.refusal = Words::tr("It needs three points.");
        proposal.hint = Words::tr("On around it · Backspace: a point back · Esc: drop the line");
        return reading;
    }
    try {
        readRing(ring, line, scene, reading);
    } catch (const nunatak::editing::Unfinished& missing) {
        reading.isUnfinished = true;
        proposal.refusal = QString::fromUtf8(missing.what());
    } catch (const Error& error) {
        sayWhyNot(error, proposal);
        proposal.marks.lines.front().look = Marks::Look::Refused;
    }
    return reading;
}

} // namespace nunatak::ui::tools
