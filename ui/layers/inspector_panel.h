// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QPushButton;

namespace nunatak::ui::layers {

/// What is known of the selected glacier.
class InspectorPanel : public QWidget {
    Q_OBJECT

public:
    explicit InspectorPanel(QWidget* parent = nullptr);

    /// `area` in m², geodesic; `scene` is the name of the outline's scene; `review` what was found of it, or
    /// of its corrected copy.
    void showOutline(const outlines::Outline& outline, const QString& layer, double area,
                     const QString& scene, outlines::Review review);
    /// What was found of the confidence of the outline with this UUID; nothing when another one is shown by
    /// now.
    void showConfidence(const QString& uuid, const QString& confidence);
    void clear();
    /// The outline that is shown can be taken into an inventory.
    void setTakeable(bool takeable);
    /// The value shown beside a label, for those who look from outside; empty when there is no such row.
    QString value(const QString& label) const;

Q_SIGNALS:
    void zoomRequested();
    void takeRequested();

private:
    void addRow(const QString& label, const QString& value, bool monospace = false);
    void removeRows();

    QLabel* m_heading = nullptr;
    QLabel* m_layer = nullptr;
    QLabel* m_hint = nullptr;
    QPushButton* m_zoom = nullptr;
    QPushButton* m_take = nullptr;
    QWidget* m_details = nullptr;
    QFormLayout* m_form = nullptr;
    QString m_uuid; ///< of the outline that is shown
};

} // namespace nunatak::ui::layers
