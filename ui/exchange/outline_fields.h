// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/export_task.h"

#include <QObject>
#include <QString>

#include <string>
#include <vector>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace nunatak::ui::exchange {

/// Which outlines of a layer: by their review, the selection, their date and where they lie.
class OutlineFields : public QObject {
    Q_OBJECT

public:
    /// A layer within whose outlines others may lie: its name and what people read.
    struct Place {
        QString layer;
        QString title;
    };

    /// Adds its rows.
    OutlineFields(QFormLayout& form, QObject* parent);

    /// `selected`: UUIDs; what was chosen before stays where it can.
    void offer(std::vector<std::string> selected, const std::vector<Place>& places);
    /// Throws Error for a date that is none.
    tasks::OutlineChoice choice() const;

Q_SIGNALS:
    void changed();

private:
    QFormLayout& m_form;
    std::vector<std::string> m_selected;
    QComboBox* m_which = nullptr;
    QLineEdit* m_date = nullptr;
    QComboBox* m_place = nullptr;
};

} // namespace nunatak::ui::exchange
