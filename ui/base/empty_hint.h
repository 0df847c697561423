// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemView;

namespace nunatak::ui {

/// Words in the middle of a list or table as long as it has no rows: what belongs there, and how it comes
/// there.
void showWhileEmpty(QAbstractItemView* view, const QString& words);

} // namespace nunatak::ui
