// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/segments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace nunatak::geo {

namespace {

/// Components that add up to a number exactly, smallest first.
struct Expansion {
    std::array<double, 12> parts{};
    std::size_t count = 0;

    /// Adds one number: each component takes what it can hold and passes the rest on (Shewchuk's
    /// grow-expansion).
    void add(double number) {
        double sum = number;
        for (std::size_t i = 0; i < count; ++i) {
            const double before = sum;
            sum = before + parts[i];
            const double virtualPart = sum - before;
            const double virtualSum = sum - virtualPart;
            parts[i] = (before - virtualSum) + (parts[i] - virtualPart);
        }
        parts[count++] = sum;
    }

    void addProduct(double a, double b) {
        const double product = a * b;
        add(std::fma(a, b, -product)); // what rounding took away
        add(product);
    }

    int sign() const {
        for (std::size_t i = count; i-- > 0;) {
            if (parts[i] != 0) {
                return parts[i] > 0 ? 1 : -1;
            }
        }
        return 0;
    }
};

bool isBetween(Point a, Point b, Point p) {
    return std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
           p.y <= std::max(a.y, b.y);
}

/// Of two segments on one line.
Meeting meetOnLine(Point a, Point b, Point c, Point d) {
    // Along the axis in which the line is longer, ends are told apart exactly.
    const double width = std::max({a.x, b.x, c.x, d.x}) - std::min({a.x, b.x, c.x, d.x});
    const double height = std::max({a.y, b.y, c.y, d.y}) - std::min({a.y, b.y, c.y, d.y});
    const auto on = [&](Point p) { return width >= height ? p.x : p.y; };
    const double first = std::max(std::min(on(a), on(b)), std::min(on(c), on(d)));
    const double last = std::min(std::max(on(a), on(b)), std::max(on(c), on(d)));
    if (first > last) {
        return Meeting::None;
    }
    return first < last ? Meeting::Overlap : Meeting::Touch;
}

} // namespace

int side(Point a, Point b, Point c) {
    if (c == a || c == b) {
        return 0; // as wherever lines are shared
    }
    const double left = (a.x - c.x) * (b.y - c.y);
    const double right = (a.y - c.y) * (b.x - c.x);
    constexpr double bound = 3.5 * std::numeric_limits<double>::epsilon();
    if (std::abs(left - right) > bound * (std::abs(left) + std::abs(right))) {
        return left > right ? 1 : -1;
    }
    // The same determinant without a difference that rounds: ab + bc + ca, each a cross product.
    Expansion sum;
    sum.addProduct(a.x, b.y);
    sum.addProduct(-a.y, b.x);
    sum.addProduct(b.x, c.y);
    sum.addProduct(-b.y, c.x);
    sum.addProduct(c.x, a.y);
    sum.addProduct(-c.y, a.x);
    return sum.sign();
}

Meeting meet(Point a, Point b, Point c, Point d) {
    if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x) ||
        std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) {
        return Meeting::None;
    }
    const int cSide = side(a, b, c);
    const int dSide = side(a, b, d);
    const int aSide = side(c, d, a);
    const int bSide = side(c, d, b);
    if (cSide * dSide > 0 || aSide * bSide > 0) {
        return Meeting::None;
    }
    if (cSide * dSide < 0 && aSide * bSide < 0) {
        return Meeting::Cross;
    }
    if (cSide == 0 && dSide == 0 && aSide == 0 && bSide == 0) {
        return meetOnLine(a, b, c, d);
    }
    const bool touches = (cSide == 0 && isBetween(a, b, c)) || (dSide == 0 && isBetween(a, b, d)) ||
                         (aSide == 0 && isBetween(c, d, a)) || (bSide == 0 && isBetween(c, d, b));
    return touches ? Meeting::Touch : Meeting::None;
}

bool isOn(Point point, Point a, Point b) {
    return isBetween(a, b, point) && side(a, b, point) == 0;
}

bool foldsBack(Point one, Point corner, Point other) {
    return meet(one, corner, corner, other) == Meeting::Overlap;
}

double along(Point point, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    return squared > 0 ? std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / squared, 0.0, 1.0) : 0.0;
}

Point pointAlong(Point a, Point b, double share) {
    return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

double distance(Point a, Point b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

double distanceToSegment(Point point, Point a, Point b) {
    return distance(point, pointAlong(a, b, along(point, a, b)));
}

double lineLength(std::span<const Point> line) {
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        length += distance(line[i - 1], line[i]);
    }
    return length;
}

double ringLength(std::span<const Point> ring) {
    return ring.empty() ? 0 : lineLength(ring) + distance(ring.back(), ring.front());
}

RingPlace nearestOnRing(const Ring& ring, Point point) {
    RingPlace nearest;
    nearest.distance = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1 < ring.size() ? i + 1 : 0];
        const double share = along(point, a, b);
        const Point place = pointAlong(a, b, share);
        if (const double away = distance(point, place); away < nearest.distance) {
            nearest = {i, share, place, away};
        }
    }
    return nearest;
}

} // namespace nunatak::geo
