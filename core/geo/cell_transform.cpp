// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/cell_transform.h"

#include "geo/rings.h"

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace nunatak::geo {

namespace {

constexpr double side = 40'000; // m
constexpr std::size_t terms = 7;
constexpr double degreesTolerance = 1e-12;
constexpr double metresTolerance = 1e-6;

using Powers = std::array<std::array<double, terms>, terms>; // by power of x, then of y

/// The places, from −1 to 1, through which a polynomial of so many terms is nearest everywhere.
std::array<double, terms> nodes() {
    std::array<double, terms> places{};
    for (std::size_t i = 0; i < terms; ++i) {
        places[i] = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(terms));
    }
    return places;
}

/// From values at the nodes to factors of powers: the inverse of their Vandermonde matrix, worked out by
/// Lagrange's polynomials.
Powers inverse() {
    const auto places = nodes();
    Powers factors{}; // by power, then by node
    for (std::size_t node = 0; node < terms; ++node) {
        std::array<double, terms> polynomial{1};
        double divisor = 1;
        std::size_t degree = 0;
        for (std::size_t other = 0; other < terms; ++other) {
            if (other == node) {
                continue;
            }
            ++degree;
            for (std::size_t power = degree; power > 0; --power) {
                polynomial[power] = polynomial[power - 1] - places[other] * polynomial[power];
            }
            polynomial[0] *= -places[other];
            divisor *= places[node] - places[other];
        }
        for (std::size_t power = 0; power < terms; ++power) {
            factors[power][node] = polynomial[power] / divisor;
        }
    }
    return factors;
}

/// `values` by node of x, then of y.
Powers fitted(const Powers& values) {
    static const Powers factors = inverse();
    Powers rows{};
    Powers powers{};
    for (std::size_t i = 0; i < terms; ++i) {
        for (std::size_t q = 0; q < terms; ++q) {
            for (std::size_t k = 0; k < terms; ++k) {
                rows[i][q] += factors[q][k] * values[i][k];
            }
        }
    }
    for (std::size_t p = 0; p < terms; ++p) {
        for (std::size_t q = 0; q < terms; ++q) {
            for (std::size_t k = 0; k < terms; ++k) {
                powers[p][q] += factors[p][k] * rows[k][q];
            }
        }
    }
    return powers;
}

} // namespace

struct CellTransform::Cell {
    bool isExact = true; ///< points are transformed one by one
    Point middle;
    double half = 1;
    Point origin; ///< of the results, which keep their digits so
    Powers x{};
    Powers y{};

    Point at(Point point) const {
        const double u = (point.x - middle.x) / half;
        const double v = (point.y - middle.y) / half;
        double ofX = 0;
        double ofY = 0;
        for (std::size_t p = terms; p-- > 0;) {
            double rowX = x[p][terms - 1];
            double rowY = y[p][terms - 1];
            for (std::size_t q = terms - 1; q-- > 0;) {
                rowX = rowX * v + x[p][q];
                rowY = rowY * v + y[p][q];
            }
            ofX = ofX * u + rowX;
            ofY = ofY * u + rowY;
        }
        return {origin.x + ofX, origin.y + ofY};
    }
};

CellTransform::CellTransform(const Crs& from, const Crs& to)
    : m_exact(from, to), m_tolerance(to.isGeographic() ? degreesTolerance : metresTolerance) {
    if (from.isProjected() && !m_exact.isIdentity() && from.metresPerUnit() > 0) {
        m_side = side / from.metresPerUnit();
    }
}

CellTransform::~CellTransform() = default;

const CellTransform::Cell& CellTransform::cellAt(std::int64_t column, std::int64_t row) {
    const std::uint64_t key =
        (static_cast<std::uint64_t>(column) << 32U) ^ (static_cast<std::uint64_t>(row) & 0xffffffffU);
    auto& known = m_cells[key];
    if (known) {
        return *known;
    }
    known = std::make_unique<Cell>();
    Cell& cell = *known;
    cell.middle = {(static_cast<double>(column) + 0.5) * m_side, (static_cast<double>(row) + 0.5) * m_side};
    cell.half = m_side / 2;
    const auto place = [&](double u, double v) {
        return Point{cell.middle.x + u * cell.half, cell.middle.y + v * cell.half};
    };
    const auto places = nodes();
    std::vector<Point> points;
    for (std::size_t i = 0; i < terms; ++i) {
        for (std::size_t k = 0; k < terms; ++k) {
            points.push_back(place(places[i], places[k]));
        }
    }
    constexpr int between = 5;
    std::vector<Point> checks;
    for (int i = 0; i < between; ++i) {
        for (int k = 0; k < between; ++k) {
            checks.push_back(place(-1 + 0.5 * i, -1 + 0.5 * k)); // corners and edges, too
        }
    }
    auto exact = checks;
    m_exact.applyOrNan(points);
    m_exact.applyOrNan(exact);
    cell.origin = points[points.size() / 2];
    Powers x{};
    Powers y{};
    for (std::size_t i = 0; i < terms; ++i) {
        for (std::size_t k = 0; k < terms; ++k) {
            x[i][k] = points[i * terms + k].x - cell.origin.x;
            y[i][k] = points[i * terms + k].y - cell.origin.y;
        }
    }
    cell.x = fitted(x);
    cell.y = fitted(y);
    cell.isExact = false;
    for (std::size_t i = 0; i < checks.size(); ++i) {
        const Point found = cell.at(checks[i]);
        const bool isNear =
            std::abs(found.x - exact[i].x) <= m_tolerance && std::abs(found.y - exact[i].y) <= m_tolerance;
        cell.isExact = cell.isExact || !isNear; // also where one of them is no number
    }
    return cell;
}

void CellTransform::apply(std::span<Point> points) {
    if (m_side <= 0) {
        m_exact.apply(points);
        return;
    }
    constexpr double farthest = 2e9; // squares
    const Cell* cell = nullptr;
    std::pair<double, double> of;
    for (Point& point : points) {
        const std::pair here(std::floor(point.x / m_side), std::floor(point.y / m_side));
        if (!(std::abs(here.first) < farthest) || !(std::abs(here.second) < farthest)) {
            m_exact.apply({&point, 1});
            continue;
        }
        if (cell == nullptr || here != of) {
            cell = &cellAt(static_cast<std::int64_t>(here.first), static_cast<std::int64_t>(here.second));
            of = here;
        }
        if (cell->isExact) {
            m_exact.apply({&point, 1});
        } else {
            point = cell->at(point);
        }
    }
}

MultiPolygon CellTransform::operator()(const MultiPolygon& shape) {
    MultiPolygon result = shape;
    forEachRing(result, [&](Ring& ring, int, int) { apply(ring); });
    return result;
}

} // namespace nunatak::geo
