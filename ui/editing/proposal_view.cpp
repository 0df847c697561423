// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/proposal_view.h"

#include "editing/changed_stretches.h"
#include "geo/rings.h"
#include "ui/viewport/viewport.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>
#include <vector>

namespace nunatak::ui::editing {

namespace {

const geo::MultiPolygon& shapeOf(const outlines::OutlineHandle& outline) {
    static const geo::MultiPolygon none;
    return outline ? outline->geometry : none;
}

bool isSameLine(const std::vector<geo::Point>& a, const std::vector<geo::Point>& b) {
    return a.size() == b.size() &&
           (std::equal(a.begin(), a.end(), b.begin()) || std::equal(a.begin(), a.end(), b.rbegin()));
}

/// The same whichever way a line runs.
std::pair<double, double> middleOf(const std::vector<geo::Point>& line) {
    if (line.empty()) {
        return {};
    }
    return {line.front().x + line.back().x, line.front().y + line.back().y};
}

/// An outline as it is when this is done.
outlines::OutlineHandle after(const tools::Proposal& proposal, const tools::Scene& scene,
                              const outlines::OutlineRef& ref) {
    if (proposal.edit && proposal.selection) {
        for (const auto& change : proposal.edit->changes) {
            if (change.layer == ref.layer && change.after && change.after->uuid == ref.uuid) {
                return change.after;
            }
        }
    }
    return scene.outline(ref);
}

viewport::Marks::Look lookOf(tools::Marks::Look look) {
    switch (look) {
    case tools::Marks::Look::Replaced:
        return viewport::Marks::Look::Pale;
    case tools::Marks::Look::Refused:
        return viewport::Marks::Look::Refused;
    case tools::Marks::Look::Ice:
        return viewport::Marks::Look::Ice;
    case tools::Marks::Look::NoIce:
        return viewport::Marks::Look::NoIce;
    case tools::Marks::Look::Drawn:
    case tools::Marks::Look::Frame:
        break;
    }
    return viewport::Marks::Look::Plain;
}

} // namespace

void ProposalView::addSign(const tools::Marks::Spot& spot, viewport::Marks& marks) const {
    using Kind = tools::Marks::Spot::Kind;
    constexpr double radius = 8; // pixels
    const auto there = m_view.project(spot.place);
    const auto ground = there ? m_view.pick(*there) : std::nullopt;
    const double away = radius * (ground ? ground->metresPerPixel : m_view.metresPerPixel());
    const auto at = [&](double right, double up) {
        return geo::Point{spot.place.x + away * right, spot.place.y + away * up};
    };
    switch (spot.kind) {
    case Kind::HeldVertex:
        marks.lines.push_back(
            {{at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)}, true, viewport::Marks::Look::Held});
        break;
    case Kind::HeldLine:
        marks.lines.push_back({{at(-1, -1), at(1, 1)}, false, viewport::Marks::Look::Held});
        marks.lines.push_back({{at(-1, 1), at(1, -1)}, false, viewport::Marks::Look::Held});
        break;
    case Kind::HeldEdge:
    case Kind::Refused: {
        constexpr int corners = 20;
        viewport::Marks::Line ring{{},
                                   true,
                                   spot.kind == Kind::Refused ? viewport::Marks::Look::Refused
                                                              : viewport::Marks::Look::Held};
        for (int i = 0; i < corners; ++i) {
            const double angle = 2 * std::numbers::pi * i / corners;
            ring.points.push_back(at(std::cos(angle), std::sin(angle)));
        }
        marks.lines.push_back(std::move(ring));
        break;
    }
    }
}

bool ProposalView::isInHand(const tools::Proposal& proposal, const outlines::OutlineRef& ref) const {
    return m_scene.selection().contains(ref) || proposal.edit->then == ref;
}

void ProposalView::show(const tools::Proposal& proposal) {
    if (proposal.edit) {
        draw(proposal);
    }
    drawMarks(proposal);
}

void ProposalView::draw(const tools::Proposal& proposal) {
    std::map<QString, viewport::LiveOutlines> live;
    m_stretches.clear();
    std::multimap<std::pair<double, double>, std::size_t> replaced; // of m_stretches, by their middles
    for (const auto& change : proposal.edit->changes) {
        const auto& uuid = (change.after ? change.after : change.before)->uuid;
        live[QString::fromStdString(change.layer)][uuid] = change.after;
        const auto changed =
            nunatak::editing::changedStretches(shapeOf(change.before), shapeOf(change.after));
        for (const auto& stretch : changed.replaced) {
            // A line that several share goes once.
            const auto middle = middleOf(stretch.points);
            const auto [first, last] = replaced.equal_range(middle);
            const bool isKnown = std::any_of(first, last, [&](const auto& known) {
                return isSameLine(m_stretches[known.second].points, stretch.points);
            });
            if (!isKnown) {
                replaced.emplace(middle, m_stretches.size());
                m_stretches.push_back({stretch.points, stretch.isClosed, viewport::Marks::Look::Pale});
            }
        }
        const auto look = isInHand(proposal, {change.layer, uuid}) ? viewport::Marks::Look::New
                                                                   : viewport::Marks::Look::Plain;
        for (const auto& stretch : changed.drawn) {
            m_stretches.push_back({stretch.points, stretch.isClosed, look});
        }
    }
    for (const auto& layer : std::exchange(m_live, {})) {
        if (!live.contains(layer)) {
            m_view.setLiveOutlines(layer, {});
        }
    }
    for (const auto& [layer, outlines] : live) {
        m_view.setLiveOutlines(layer, outlines);
        m_live.insert(layer);
    }
}

void ProposalView::drawMarks(const tools::Proposal& proposal) {
    viewport::Marks marks;
    marks.lines = m_stretches;
    for (const auto& line : proposal.marks.lines) {
        marks.lines.push_back({line.points, line.isClosed, lookOf(line.look)});
    }
    for (const auto& spot : proposal.marks.spots) {
        addSign(spot, marks);
    }
    marks.dots = proposal.marks.dots;
    const tools::Selection& selection = proposal.selection ? *proposal.selection : m_scene.selection();
    const auto outline = selection.only() != nullptr ? after(proposal, m_scene, *selection.only()) : nullptr;
    for (const auto& vertex : selection.vertices) {
        if (const auto* point = outline ? geo::vertexAt(outline->geometry, vertex) : nullptr) {
            marks.dots.push_back(*point);
        }
    }
    m_view.setMarks(marks);
}

void ProposalView::clear(const tools::Proposal& standing) {
    m_stretches.clear();
    if (standing.edit) {
        draw(standing);
    } else {
        for (const auto& layer : std::exchange(m_live, {})) {
            m_view.setLiveOutlines(layer, {});
        }
    }
    drawMarks(standing);
}

} // namespace nunatak::ui::editing
