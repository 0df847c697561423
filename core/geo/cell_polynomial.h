// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/four.h"
#include "geo/polygon.h"

#include <array>
#include <cstddef>
#include <span>

namespace nunatak::geo {

/// Two polynomials of a square, one for each coordinate of the result: Σ factor[p][q] uᵖ vᑫ over p + q <
/// terms, where u and v go from −1 to 1 over the square.
class CellPolynomial {
public:
    static constexpr std::size_t terms = 8; ///< of each power; together up to the seventh
    using Powers = std::array<std::array<double, terms>, terms>; ///< by power of u, then of v

    CellPolynomial() = default;
    /// @param half a side of the square
    /// @param origin is added to the results, which keep their digits so
    CellPolynomial(Point middle, double half, Point origin, const Powers& x, const Powers& y);

    /// The same bits on every processor, whatever stands beside a point.
    void apply(std::span<Point> points) const;

private:
    friend struct PolynomialEvaluation;

    Four m_middle{}; ///< x and y, twice, as all of them
    Four m_origin{};
    double m_perHalf = 1;                                ///< 1 / half a side
    std::array<Four, terms*(terms + 1) / 2> m_factors{}; ///< in the order in which they are needed
};

} // namespace nunatak::geo
