// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/outline_difference.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QToolButton;

namespace nunatak::ui::review {

/// Which outline the selected one is held against.
enum class Before { Prediction, Expert, Start };

/// Told from each other by lightness and by blueness, and by the direction of their hatching.
inline const QColor gainedColor(0, 215, 255);
inline const QColor lostColor(255, 70, 160);

/// The selected outline beside another one of the glacier: which one, and the difference in numbers.
class DifferenceBox : public QWidget {
    Q_OBJECT

public:
    explicit DifferenceBox(QWidget* parent = nullptr);

    /// Which others there are, by the titles of their layers; empty: none.
    void offer(const std::array<QString, 3>& titles);
    /// What is chosen; none: nothing is shown. Stays from glacier to glacier.
    std::optional<Before> chosen() const { return m_chosen; }
    void showDifference(const nunatak::review::OutlineDifference& difference);
    /// In the place of numbers; empty: nothing.
    void say(const QString& sentence);

Q_SIGNALS:
    void chosenChanged();
    /// The place where the lines lie farthest apart.
    void farthestRequested();

private:
    std::array<QToolButton*, 3> m_buttons{};
    QLabel* m_numbers = nullptr;
    std::optional<Before> m_chosen;
};

} // namespace nunatak::ui::review
