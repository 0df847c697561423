// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/color_bar.h"

#include <QWidget>

#include <vector>

namespace nunatak::ui {

/// What the colours in the view mean, in a corner of it; nothing while there are none.
class LegendBox : public QWidget {
    Q_OBJECT

public:
    explicit LegendBox(QWidget* parent);

    void setLegends(std::vector<NamedLegend> legends);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<NamedLegend> m_legends;
};

} // namespace nunatak::ui
