// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>
#include <vector>

namespace nunatak::ranking {

/// Where terrain keeps the sun's middle from the ground: a sweep along lines that point to the sun. On each
/// line the highest horizon so far is carried on, so the time is proportional to the number of pixels and
/// what is kept is one number a line. Each pixel is decided at the point of its line that lies within half a
/// pixel of its middle, heights between the pixels' middles interpolated. Slopes that turn away from the sun
/// lie in shadow too. The earth is flat here: over the 30 km of the longest shadows it falls by 70 m.
class ShadowSweep {
public:
    /// @param gridAzimuth of the sun, degrees clockwise from the raster's up (towards row 0)
    /// @param elevation of the sun, degrees above the horizon; all lies in shadow from 0 down
    ShadowSweep(int rows, int columns, double pixelMetres, double gridAzimuth, double elevation);

    /// The order in which rows have to come: from the sun's side.
    bool beginsAtTheTop() const { return m_topDown; }

    /// Decides rows `first` … of the whole, as many as `heights` has less the first and the last, which are
    /// the neighbours above and below (repeated or NaN at the edges). Metres; NaN neither casts nor catches
    /// shadow. 1 is shadow.
    Image<std::uint8_t> rows(const Image<float>& heights, int first);

private:
    void sweepRow(const Image<float>& heights, int heightRow, int row, std::uint8_t* shadow);

    int m_rows;
    int m_columns;
    double m_pixel;
    double m_rise = 0;       // of the sun's ray, metres a metre
    double m_towardsRow = 0; // unit vector to the sun, in rows and columns
    double m_towardsColumn = 0;
    bool m_isNight = false;
    bool m_isOverhead = false;
    bool m_alongRows = false; // lines have a point in each column rather than in each row
    bool m_topDown = true;
    bool m_leftToRight = true;
    double m_slope = 0;             // of the lines: columns a row, or rows a column
    int m_firstLine = 0;            // number of the line that m_horizon begins with
    std::vector<double> m_horizon;  // a line: the highest height + rise × way so far
    std::vector<int> m_shift;       // m_alongRows: a column: rows that lines have moved by there
    std::vector<float> m_remainder; // and what is left of a whole row
};

/// The same of a whole raster at once.
Image<std::uint8_t> castShadow(const Image<float>& heights, double pixelMetres, double gridAzimuth,
                               double elevation);

} // namespace nunatak::ranking
