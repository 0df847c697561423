// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figure/outline_line.h"
#include "ui/marginalia/color_bar.h"

#include <QWidget>

#include <vector>

namespace nunatak::ui::marginalia {

/// What the colours in the view mean, in a corner of it; nothing while there are none.
class LegendBox : public QWidget {
    Q_OBJECT

public:
    explicit LegendBox(QWidget* parent);

    void setLegends(const std::vector<NamedLegend>& legends);
    /// What tells reviews of outlines from each other, below the colours.
    void setReviews(const std::vector<figure::LineSample>& reviews);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void adapt();

    std::vector<figure::ColorScale> m_scales;
    std::vector<figure::LineSample> m_reviews;
};

} // namespace nunatak::ui::marginalia
