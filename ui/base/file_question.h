// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace nunatak::ui {

class UserSettings;

/// A question for files; opens in the folder that was used last for this `purpose`,
/// or last for any.
struct FileQuestion {
    QString purpose; ///< key under which the folder is remembered
    QString title;
    QStringList filters;
    bool save = false;
    bool several = false;
    bool folder = false;             ///< a folder instead of files
    bool asksBeforeReplacing = true; ///< false: whoever asked does it (save)
    QString suffix;                  ///< added to a typed name without one (save)
    QString suggested;               ///< file name to start from (save)
    QString startsIn;                ///< the folder to begin in whatever was used last; empty: that one
};

/// Asks without waiting; `chosen` is called if the user did not dismiss it.
void askForFiles(QWidget* parent, UserSettings& settings, const FileQuestion& question,
                 std::function<void(const QStringList&)> chosen);

} // namespace nunatak::ui
