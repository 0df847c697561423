// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/cell_transform.h"

#include "geo/cell_polynomial.h"
#include "geo/rings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace nunatak::geo {

namespace {

constexpr double side = 40'000; // m
constexpr std::size_t terms = CellPolynomial::terms;
constexpr double degreesTolerance = 1e-12;
constexpr double metresTolerance = 1e-6;

using Powers = CellPolynomial::Powers;

/// The places, from −1 to 1, through which a polynomial of so many terms is nearest everywhere.
std::array<double, terms> nodes() {
    std::array<double, terms> places{};
    for (std::size_t i = 0; i < terms; ++i) {
        places[i] = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(terms));
    }
    return places;
}

/// From values at the nodes to factors of Chebyshev's polynomials, by polynomial, then by node.
Powers toChebyshev() {
    Powers factors{};
    for (std::size_t n = 0; n < terms; ++n) {
        for (std::size_t node = 0; node < terms; ++node) {
            factors[n][node] = (n == 0 ? 1.0 : 2.0) / static_cast<double>(terms) *
                               std::cos(std::numbers::pi * static_cast<double>(n) *
                                        (static_cast<double>(node) + 0.5) / static_cast<double>(terms));
        }
    }
    return factors;
}

/// Chebyshev's polynomials as factors of powers, by power, then by polynomial: T₀ = 1, T₁ = x,
/// Tₙ = 2 x Tₙ₋₁ − Tₙ₋₂.
Powers toPowers() {
    Powers factors{};
    factors[0][0] = 1;
    factors[1][1] = 1;
    for (std::size_t n = 2; n < terms; ++n) {
        for (std::size_t power = 0; power < terms; ++power) {
            factors[power][n] = (power == 0 ? 0 : 2 * factors[power - 1][n - 1]) - factors[power][n - 2];
        }
    }
    return factors;
}

/// factors · values · factorsᵀ
Powers applied(const Powers& factors, const Powers& values) {
    Powers rows{};
    Powers result{};
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
                result[p][q] += factors[p][k] * rows[k][q];
            }
        }
    }
    return result;
}

/// `values` by node of x, then of y. What is left out is left out of Chebyshev's polynomials, which are
/// small: the factors of high powers hold the rounding of all values, which only all of them together lose.
Powers fitted(const Powers& values) {
    static const Powers fromValues = toChebyshev();
    static const Powers fromChebyshev = toPowers();
    Powers chebyshev = applied(fromValues, values);
    for (std::size_t p = 0; p < terms; ++p) {
        for (std::size_t q = terms - p; q < terms; ++q) {
            chebyshev[p][q] = 0;
        }
    }
    return applied(fromChebyshev, chebyshev);
}

} // namespace

struct CellTransform::Cell {
    bool isExact = true; ///< points are transformed one by one
    CellPolynomial polynomial;
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
    const Point middle{(static_cast<double>(column) + 0.5) * m_side,
                       (static_cast<double>(row) + 0.5) * m_side};
    const double half = m_side / 2;
    const auto place = [&](double u, double v) { return Point{middle.x + u * half, middle.y + v * half}; };
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
    const Point origin = points[points.size() / 2];
    Powers x{};
    Powers y{};
    for (std::size_t i = 0; i < terms; ++i) {
        for (std::size_t k = 0; k < terms; ++k) {
            x[i][k] = points[i * terms + k].x - origin.x;
            y[i][k] = points[i * terms + k].y - origin.y;
        }
    }
    cell.polynomial = CellPolynomial(middle, half, origin, fitted(x), fitted(y));
    cell.isExact = false;
    cell.polynomial.apply(checks);
    for (std::size_t i = 0; i < checks.size(); ++i) {
        const bool isNear = std::abs(checks[i].x - exact[i].x) <= m_tolerance &&
                            std::abs(checks[i].y - exact[i].y) <= m_tolerance;
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
    const double perSide = 1 / m_side;
    for (std::size_t begin = 0; begin < points.size();) {
        const double column = std::floor(points[begin].x * perSide);
        const double row = std::floor(points[begin].y * perSide);
        if (!(std::abs(column) < farthest) || !(std::abs(row) < farthest)) {
            m_exact.apply(points.subspan(begin++, 1));
            continue;
        }
        const auto isHere = [&](const Point& point) {
            const double x = point.x * perSide;
            const double y = point.y * perSide;
            return x >= column && x < column + 1 && y >= row && y < row + 1;
        };
        std::size_t end = begin + 1;
        while (end < points.size() && isHere(points[end])) {
            ++end;
        }
        const Cell& cell = cellAt(static_cast<std::int64_t>(column), static_cast<std::int64_t>(row));
        if (cell.isExact) {
            m_exact.apply(points.subspan(begin, end - begin));
        } else {
            cell.polynomial.apply(points.subspan(begin, end - begin));
        }
        begin = end;
    }
}

MultiPolygon CellTransform::operator()(const MultiPolygon& shape) {
    MultiPolygon result = shape;
    forEachRing(result, [&](Ring& ring, int, int) { apply(ring); });
    return result;
}

} // namespace nunatak::geo
