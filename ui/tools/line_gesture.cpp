// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/line_gesture.h"

#include "editing/thin_stroke.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::tools {

namespace {

void append(const geo::Ring& points, geo::Ring& line) {
    for (const geo::Point& point : points) {
        if (line.empty() || point != line.back()) {
            line.push_back(point);
        }
    }
}

} // namespace

LineGesture::LineGesture(geo::Ring& line, double pixel, const Place& press, Show show, Hold hold)
    : m_line(line), m_pixel(pixel), m_show(std::move(show)), m_hold(std::move(hold)), m_drawn{press.map} {}

void LineGesture::passes(const Place& place) {
    if (place.isShifted()) {
        m_straightTo = place.map;
    } else {
        if (const auto corner = std::exchange(m_straightTo, std::nullopt)) {
            append(nunatak::editing::thinnedStroke(m_drawn, m_pixel), m_kept);
            m_drawn = {*corner};
        }
        append({place.map}, m_drawn);
    }
}

geo::Ring LineGesture::lineTo(const Place& place, const std::optional<Held>& held) {
    passes(place);
    geo::Ring line = m_line;
    append(m_kept, line);
    append(nunatak::editing::thinnedStroke(m_drawn, m_pixel), line);
    if (m_straightTo) {
        append({*m_straightTo}, line);
    }
    if (held && line.size() > 1) {
        line.back() = held->point;
    }
    return line;
}

Proposal LineGesture::at(const Place& place) {
    const auto held = m_hold(place);
    Proposal proposal = m_show(lineTo(place, held));
    if (held) {
        proposal.marks.spots.push_back(held->spot());
    }
    return proposal;
}

Proposal LineGesture::release(const Place& place) {
    m_line = lineTo(place, m_hold(place));
    Proposal proposal;
    proposal.selection = m_show(m_line).selection;
    return proposal;
}

double pixelUnder(const Place& place, const Scene& scene) {
    const geo::Point pixel = scene.pixels({1, 0});
    return std::max(place.metresPerPixel, std::hypot(pixel.x, pixel.y));
}

} // namespace nunatak::ui::tools
