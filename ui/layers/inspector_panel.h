// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "ui/layers/inspector_facts.h"

#include <QWidget>

#include <cstddef>
#include <optional>
#include <vector>

class QFormLayout;
class QLabel;
class QPushButton;

namespace nunatak::ui::layers {

class AttributeForm;

/// What is known of the selected glacier, or of several together.
class InspectorPanel : public QWidget {
    Q_OBJECT

public:
    explicit InspectorPanel(QWidget* parent = nullptr);

    /// `area` in m², geodesic, none where it is still being measured; `scene` is the name of the outline's
    /// scene; `review` what was found of it, or of its corrected copy.
    void showOutline(const outlines::Outline& outline, const QString& layer, std::optional<double> area,
                     const QString& scene, outlines::Review review);
    /// Two or more. `layer` that they are all in, empty: they are in several; `area` of all together; `scene`
    /// that all are of, empty: of several.
    void showSeveral(const std::vector<outlines::OutlineHandle>& outlines, const QString& layer,
                     std::optional<double> area, const QString& scene);
    /// Stands for a UUID while several are shown.
    static QString severalKey();
    /// What was measured of the outline with this UUID; nothing when another one is shown by now.
    void showArea(const QString& uuid, double area);
    /// What was found of the confidence of the outline with this UUID; nothing when another one is shown by
    /// now.
    void showConfidence(const QString& uuid, const QString& confidence);
    void clear();
    /// Whether the attributes of what is shown next can be filled in.
    void setEditable(bool isEditable) { m_isEditable = isEditable; }
    AttributeForm& attributes() const { return *m_attributes; }
    /// The outline that is shown can be taken into an inventory.
    void setTakeable(bool takeable);
    /// The value shown beside a label, for those who look from outside; empty when there is no such row.
    QString value(const QString& label) const;

Q_SIGNALS:
    void zoomRequested();
    void takeRequested();

private:
    void show(const std::vector<outlines::OutlineHandle>& outlines, const std::vector<Fact>& facts);
    /// In place of those before; rows that are there are used again.
    void setFacts(const std::vector<Fact>& facts);
    void setFact(std::size_t row, const Fact& fact);

    QLabel* m_heading = nullptr;
    QLabel* m_layer = nullptr;
    QLabel* m_hint = nullptr;
    QPushButton* m_zoom = nullptr;
    QPushButton* m_take = nullptr;
    QWidget* m_details = nullptr;
    QFormLayout* m_form = nullptr;
    AttributeForm* m_attributes = nullptr;
    bool m_isEditable = false;
    struct Row {
        QLabel* name = nullptr;
        QLabel* field = nullptr;
    };
    std::vector<Row> m_rows;
    QString m_uuid; ///< of the outline that is shown; empty: none, and the rows wait for the next
};

} // namespace nunatak::ui::layers
