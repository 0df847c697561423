// SPDX-License-Identifier: GPL-3.0-or-later
#include "arc_gates.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nunatak::prediction {

namespace {

// While smoothing, a little less than in the end, which leaves room to set the area right.
constexpr double smoothReach = 0.43;
constexpr double smoothCornerReach = 0.47;
/// Offsets towards the inside of a corner that are always near enough to it.
constexpr double harmless = 0.19;

constexpr int rounds = 3;
constexpr int straightenings = 16; ///< in a round
/// Half the width of the window in which areas are balanced, in gates; it is used twice, one after another.
constexpr std::ptrdiff_t balanceReach = 12;

geo::Point direction(std::uint8_t step) {
    const Corner one = Corner{}.after(step);
    return {static_cast<double>(one.column), static_cast<double>(one.row)};
}

double dot(geo::Point a, geo::Point b) {
    return a.x * b.x + a.y * b.y;
}

geo::Point between(geo::Point from, geo::Point to) {
    return {to.x - from.x, to.y - from.y};
}

/// Sums over a window around each value, going on around a closed arc.
void windowSums(const std::vector<double>& values, bool isClosed, std::vector<double>& sums) {
    const auto count = static_cast<std::ptrdiff_t>(values.size());
    sums.resize(values.size());
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        // Anew for each: a running sum would carry roundings from one end of the arc to the other.
        double sum = 0;
        if (i >= balanceReach && i + balanceReach < count) {
            for (std::ptrdiff_t k = i - balanceReach; k <= i + balanceReach; ++k) {
                sum += values[static_cast<std::size_t>(k)];
            }
        } else {
            for (std::ptrdiff_t k = i - balanceReach; k <= i + balanceReach; ++k) {
                if (isClosed) {
                    sum += values[static_cast<std::size_t>(((k % count) + count) % count)];
                } else if (k >= 0 && k < count) {
                    sum += values[static_cast<std::size_t>(k)];
                }
            }
        }
        sums[static_cast<std::size_t>(i)] = sum;
    }
}

} // namespace

ArcGates::ArcGates(const BoundaryArc& arc) : m_isClosed(arc.isClosed) {
    const std::size_t count = arc.steps.size() + (m_isClosed ? 0 : 2);
    m_step.reserve(count);
    m_middle.reserve(count);
    m_join.reserve(count);
    Corner at;
    if (!m_isClosed) {
        m_step.push_back(arc.steps.front());
        m_middle.push_back({0, 0});
        m_join.push_back(Join::End);
    }
    for (std::size_t i = 0; i < arc.steps.size(); ++i) {
        const std::uint8_t step = arc.steps[i];
        const bool isLast = i + 1 == arc.steps.size();
        const std::uint8_t next = isLast ? arc.steps.front() : arc.steps[i + 1];
        const auto along = direction(step);
        m_step.push_back(step);
        m_middle.push_back({at.column + along.x / 2, at.row + along.y / 2});
        at = at.after(step);
        if (isLast && !m_isClosed) {
            m_join.push_back(Join::End);
        } else {
            m_join.push_back(next == step               ? Join::Straight
                             : next == turnedLeft(step) ? Join::Left
                                                        : Join::Right);
        }
    }
    if (!m_isClosed) {
        m_step.push_back(arc.steps.back());
        m_middle.push_back({static_cast<double>(at.column), static_cast<double>(at.row)});
    }
    m_offset.assign(m_step.size(), 0);
}

geo::Point ArcGates::cornerAfter(std::size_t station) const {
    const std::size_t at = wrapped(station);
    const auto along = direction(m_step[at]);
    const double half = isEnd(at) ? 0 : 0.5;
    return {m_middle[at].x + half * along.x, m_middle[at].y + half * along.y};
}

geo::Point ArcGates::positionAt(std::size_t station, double offset) const {
    const std::size_t at = wrapped(station);
    const auto left = direction(turnedLeft(m_step[at]));
    return {m_middle[at].x + offset * left.x, m_middle[at].y + offset * left.y};
}

ArcGates::Crossing ArcGates::crossing(std::size_t station, geo::Point from, geo::Point to) const {
    const std::size_t at = wrapped(station);
    const auto along = direction(m_step[at]);
    const auto left = direction(turnedLeft(m_step[at]));
    const auto a = between(m_middle[at], from);
    const auto b = between(m_middle[at], to);
    const double before = dot(a, along);
    const double after = dot(b, along);
    constexpr double least = 1e-9;
    if (!(before < -least && after > least)) {
        return {};
    }
    const double offset = (dot(a, left) * after - dot(b, left) * before) / (after - before);
    return {true, offset, (after - before) / std::hypot(to.x - from.x, to.y - from.y)};
}

double ArcGates::cornerDistance(std::size_t station, double offset, double nextOffset) const {
    const Join join = m_join[wrapped(station)];
    if (join != Join::Left && join != Join::Right) {
        return 0;
    }
    const double side = join == Join::Left ? 1 : -1;
    const geo::Point from{-0.5, side * offset};
    const geo::Point to{-side * nextOffset, 0.5};
    const auto chord = between(from, to);
    const double share = std::clamp(-dot(from, chord) / dot(chord, chord), 0.0, 1.0);
    return std::hypot(from.x + share * chord.x, from.y + share * chord.y);
}

ArcGates::Seen ArcGates::ahead(Join join, double offset) {
    switch (join) {
    case Join::Straight:
        return {1, offset};
    case Join::Left:
        return {0.5 - offset, 0.5};
    case Join::Right:
        return {0.5 + offset, -0.5};
    case Join::End:
        break;
    }
    return {0.5, 0};
}

double ArcGates::areaBetween(Join join, double offset, double nextOffset) {
    switch (join) {
    case Join::Straight:
        return (offset + nextOffset) / 2;
    case Join::Left:
        return (offset + nextOffset) / 4 + 0.125 - offset * nextOffset / 2;
    case Join::Right:
        return (offset + nextOffset) / 4 - 0.125 + offset * nextOffset / 2;
    case Join::End:
        break;
    }
    return (offset + nextOffset) / 4;
}

void ArcGates::straighten() {
    // Half of the way to where a straight line between its neighbours would cross the gate.
    constexpr double share = 0.5;
    m_scratch = m_offset;
    const std::size_t count = size();
    const std::size_t first = m_isClosed ? 0 : 1;
    const std::size_t end = m_isClosed ? count : count - 1;
    for (std::size_t i = first; i < end; ++i) {
        const std::size_t previous = i == 0 ? count - 1 : i - 1;
        const std::size_t next = i + 1 == count ? 0 : i + 1;
        double target = 0;
        if (m_join[previous] == Join::Straight && m_join[i] == Join::Straight) {
            target = (m_offset[previous] + m_offset[next]) / 2;
        } else {
            const Seen before = ahead(m_join[previous], m_offset[previous]); // mirrored
            const Seen after = ahead(m_join[i], m_offset[next]);
            target = (before.left * after.along + after.left * before.along) / (after.along + before.along);
        }
        m_scratch[i] = std::clamp(m_offset[i] + share * (target - m_offset[i]), -smoothReach, smoothReach);
    }
    m_offset.swap(m_scratch);
}

void ArcGates::balance() {
    const std::size_t count = size();
    m_areas.assign(count, 0);
    m_weights.assign(count, 0);
    for (std::size_t i = 0; i < joins(); ++i) {
        const std::size_t next = i + 1 == count ? 0 : i + 1;
        const double area = areaBetween(m_join[i], m_offset[i], m_offset[next]) / 2;
        const double weight = m_join[i] == Join::Straight ? 0.5 : 0.25;
        m_areas[i] += area;
        m_areas[next] += area;
        m_weights[i] += weight;
        m_weights[next] += weight;
    }
    for (auto* values : {&m_areas, &m_weights}) {
        windowSums(*values, m_isClosed, m_scratch);
        windowSums(m_scratch, m_isClosed, *values);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (!isEnd(i)) {
            m_offset[i] = std::clamp(m_offset[i] - m_areas[i] / m_weights[i], -smoothReach, smoothReach);
        }
    }
}

void ArcGates::enforceLimits() {
    for (std::size_t i = 0; i < size(); ++i) {
        m_offset[i] = std::clamp(m_offset[i], -smoothReach, smoothReach);
    }
    m_scratch = m_offset;
    for (std::size_t i = 0; i < joins(); ++i) {
        const std::size_t next = i + 1 == size() ? 0 : i + 1;
        if (cornerDistance(i, m_offset[i], m_offset[next]) <= smoothCornerReach) {
            continue;
        }
        // Back by as much as it takes. No offset goes to where it could be too far from another corner.
        const double side = m_join[i] == Join::Left ? 1 : -1;
        const auto back = [side](double offset, double share) {
            const double inwards = side * offset;
            return side * (inwards - share * std::max(0.0, inwards - harmless));
        };
        double least = 0;
        double most = 1;
        for (int halving = 0; halving < 12; ++halving) {
            const double share = (least + most) / 2;
            const bool isEnough =
                cornerDistance(i, back(m_offset[i], share), back(m_offset[next], share)) <= smoothCornerReach;
            (isEnough ? most : least) = share;
        }
        for (const std::size_t station : {i, next}) {
            const double inwards = side * back(m_offset[station], most);
            m_scratch[station] = side * std::min(side * m_scratch[station], inwards);
        }
    }
    m_offset.swap(m_scratch);
}

void ArcGates::smooth() {
    for (int round = 0; round < rounds; ++round) {
        for (int i = 0; i < straightenings; ++i) {
            straighten();
        }
        balance();
    }
    for (int i = 0; i < 2; ++i) { // so that what the corners put back is no kink
        enforceLimits();
        straighten();
    }
    enforceLimits();
}

} // namespace nunatak::prediction
