// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/team/share_preview.h"

#include <QColor>
#include <QWidget>

namespace nunatak::ui::team {

/// The colour of a part, on the map and in the list; those beside each other are told apart by eyes of all
/// kinds (Okabe and Ito 2008).
QColor partColor(std::size_t part);

/// A small map of who gets which glaciers.
class ShareMap : public QWidget {
    Q_OBJECT

public:
    explicit ShareMap(QWidget* parent = nullptr);

    void setPreview(SharePreview preview);
    /// The part that is drawn before the others; -1: none.
    void setChosen(int part);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    SharePreview m_preview;
    int m_chosen = -1;
};

} // namespace nunatak::ui::team
