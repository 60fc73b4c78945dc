  # SPDX-License-Identifier: MIT
  # For the module in the assessment's @LAB@.rb: a job has one file more than Autolab gives it by itself,
  # whose name says who handed in. What is in that file does not matter.
  def autogradeInputFiles(folder, assessment, submission)
    makefile = File.join(folder, "autograde-Makefile")
    who = submission.course_user_datum.email.downcase
    [
      { "localFile" => submission.handin_file_path, "destFile" => assessment.handin_filename },
      { "localFile" => File.join(folder, "autograde.tar"), "destFile" => "autograde.tar" },
      { "localFile" => makefile, "destFile" => "Makefile" },
      { "localFile" => makefile, "destFile" => "student=" + who },
    ]
  end
