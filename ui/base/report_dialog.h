// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

class QDialog;
class QWidget;

namespace nunatak::ui {

/// What came of something that is done to a project as a whole.
struct Report {
    QString title;    ///< of the dialog
    QString headline; ///< the result, a sentence
    struct Line {
        QString what;
        QString more{}; ///< below it, paler; may be empty
    };
    std::vector<Line> lines{};
    QString footer{}; ///< how it came about; may be empty
    /// One way to go on; without text there is none.
    QString goOnText{};
    std::function<void()> goOn{};
};

/// Shows it in a dialog named `reportDialog`, and returns at once. What is said can be selected and copied.
QDialog* showReport(QWidget* parent, const Report& report);

} // namespace nunatak::ui
