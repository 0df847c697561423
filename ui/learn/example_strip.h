// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/course.h"

#include <QImage>
#include <QWidget>

#include <vector>

namespace nunatak::ui::learn {

/// Some tiles a model is judged by: what was said of them, what the model found before it learnt, and now.
class ExampleStrip : public QWidget {
    Q_OBJECT

public:
    explicit ExampleStrip(QWidget* parent = nullptr);

    void setTiles(const std::vector<training::Example>& tiles);
    int tiles() const { return static_cast<int>(m_rows.size()); }
    /// IoU of a tile by itself, before and now: for its tip.
    QString tip(int tile) const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    static constexpr int columns = 3;
    struct Row {
        QImage pictures[columns];
        QString tip;
    };
    int headHeight() const;
    int side() const;
    /// As high as its tiles are at this width.
    void fitHeight();

    std::vector<Row> m_rows;
};

} // namespace nunatak::ui::learn
