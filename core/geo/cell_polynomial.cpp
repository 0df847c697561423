// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/cell_polynomial.h"

#include <cstring>
#include <utility>

namespace nunatak::geo {

/// Horner's rule for two points at once, without a loop over the terms.
struct PolynomialEvaluation {
    template <std::size_t... k>
    [[gnu::always_inline]] static void addRow(Four& sum, const Four& u, const Four& v, const Four* factors,
                                              std::index_sequence<k...> /*unused*/) {
        Four row = factors[0];
        ((row = row * v + factors[k + 1]), ...);
        sum = sum * u + row;
    }

    template <std::size_t... k>
    [[gnu::always_inline]] static void addRows(Four& sum, const Four& u, const Four& v, const Four* factors,
                                               std::index_sequence<k...> /*unused*/) {
        (addRow(sum, u, v, factors + k * (k + 1) / 2, std::make_index_sequence<k>()), ...);
    }

    [[gnu::always_inline]] static void applyToTwo(const CellPolynomial& polynomial, Point* points) {
        Four place;
        std::memcpy(&place, points, sizeof(place));
        place = (place - polynomial.m_middle) * polynomial.m_perHalf;
        const Four u = {place[0], place[0], place[2], place[2]};
        const Four v = {place[1], place[1], place[3], place[3]};
        Four sum{};
        addRows(sum, u, v, polynomial.m_factors.data(), std::make_index_sequence<CellPolynomial::terms>());
        sum += polynomial.m_origin;
        std::memcpy(static_cast<void*>(points), &sum, sizeof(sum));
    }

    [[gnu::always_inline]] static void apply(const CellPolynomial& polynomial, std::span<Point> points) {
        static_assert(sizeof(Point) == 2 * sizeof(double), "a point is two numbers, x before y");
        std::size_t i = 0;
        for (; i + 1 < points.size(); i += 2) {
            applyToTwo(polynomial, points.data() + i);
        }
        if (i < points.size()) {
            std::array<Point, 2> twice{points[i], points[i]};
            applyToTwo(polynomial, twice.data());
            points[i] = twice[0];
        }
    }

    NUNATAK_FOR_AVX2 static void applyWide(const CellPolynomial& polynomial, std::span<Point> points) {
        apply(polynomial, points);
    }
};

CellPolynomial::CellPolynomial(Point middle, double half, Point origin, const Powers& x, const Powers& y)
    : m_middle{middle.x, middle.y, middle.x, middle.y}, m_origin{origin.x, origin.y, origin.x, origin.y},
      m_perHalf(1 / half) {
    std::size_t next = 0;
    for (std::size_t p = terms; p-- > 0;) {
        for (std::size_t q = terms - p; q-- > 0;) {
            m_factors[next++] = Four{x[p][q], y[p][q], x[p][q], y[p][q]};
        }
    }
}

void CellPolynomial::apply(std::span<Point> points) const {
    if (hasAvx2()) {
        PolynomialEvaluation::applyWide(*this, points);
    } else {
        PolynomialEvaluation::apply(*this, points);
    }
}

} // namespace nunatak::geo
