// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemView;
class QLabel;

namespace nunatak::ui {

/// Words in the middle of a list or table as long as it has no rows: what belongs there, and how it comes
/// there. Where they depend on something, they are changed by what is returned, which is the view's.
QLabel* showWhileEmpty(QAbstractItemView* view, const QString& words);

} // namespace nunatak::ui
