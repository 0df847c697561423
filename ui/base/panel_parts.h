// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace nunatak::ui {

/// A bold line that begins a section of a panel.
QLabel* sectionHeading(const QString& title);
/// Fills a panel with content that scrolls up and down, wide enough for its rows.
void makeScrolling(QWidget& panel, QWidget* content);

} // namespace nunatak::ui
